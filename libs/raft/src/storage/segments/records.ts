import { entryBytes, readEntry, writeEntry } from '../../codec/entry.js';
import type { LogWrite } from '../../core/effects.js';
import type { HardState, LogIndex } from '../../core/entry.js';
import type { LogBase } from '../../core/snapshot.js';
import type { LogImage } from '../log-image.js';

/**
 * The records of a frame, in the order of the writes: each a tag and then
 * for what is known to be committed, once and first: index u48;
 * for term and vote: term u48, length of the vote u8 (0: none), the vote in UTF-8;
 * for a base (the log begins anew behind it): index u48, term u48;
 * for an entry: its bytes as in codec/entry.ts. Little-endian.
 */
const hardStateTag = 1;
const entryTag = 2;
const baseTag = 3;
const commitTag = 4;
const hardStateHeaderBytes = 8;
const baseBytes = 13;
const commitBytes = 7;

/** What goes into one frame. */
export interface FrameContent {
  readonly batch: readonly LogWrite[];
  /** What is known to be committed; null when the log knows it already. */
  readonly commit: LogIndex | null;
}

export function recordsBytes({ batch, commit }: FrameContent): number {
  let bytes = commit === null ? 0 : commitBytes;
  for (const { hardState, base, entries } of batch) {
    if (hardState !== null) {
      bytes += hardStateHeaderBytes + Buffer.byteLength(hardState.votedFor ?? '');
    }
    if (base !== null) bytes += baseBytes;
    for (const entry of entries) bytes += 1 + entryBytes(entry);
  }
  return bytes;
}

export function writeRecords(buffer: Buffer, offset: number, content: FrameContent): void {
  let at = offset;
  if (content.commit !== null) at = writeCommit(buffer, at, content.commit);
  for (const { hardState, base, entries } of content.batch) {
    if (hardState !== null) at = writeHardState(buffer, at, hardState);
    if (base !== null) at = writeBase(buffer, at, base);
    for (const entry of entries) {
      buffer[at] = entryTag;
      at = writeEntry(buffer, at + 1, entry);
    }
  }
}

/**
 * Adds the records that fill `body` to the image. Entries' data are views of `body`.
 * @throws RangeError when they are none, or leave a gap.
 */
export function readRecords(body: Buffer, image: LogImage): void {
  let at = 0;
  while (at < body.length) {
    const tag = body[at];
    if (tag === hardStateTag) {
      const { hardState, end } = readHardState(body, at);
      image.hardState = hardState;
      at = end;
    } else if (tag === entryTag) {
      const { entry, end } = readEntry(body, at + 1);
      image.append(entry);
      at = end;
    } else if (tag === baseTag) {
      image.beginBehind(readBase(body, at));
      at += baseBytes;
    } else if (tag === commitTag) {
      image.commit(body.readUIntLE(at + 1, 6));
      at += commitBytes;
    } else {
      throw new RangeError(`unknown record ${String(tag)}`);
    }
  }
}

function writeCommit(buffer: Buffer, offset: number, index: LogIndex): number {
  buffer[offset] = commitTag;
  buffer.writeUIntLE(index, offset + 1, 6);
  return offset + commitBytes;
}

function writeHardState(buffer: Buffer, offset: number, { term, votedFor }: HardState): number {
  const start = offset + hardStateHeaderBytes;
  const vote = votedFor ?? '';
  buffer[offset] = hardStateTag;
  buffer.writeUIntLE(term, offset + 1, 6);
  buffer.writeUInt8(Buffer.byteLength(vote), offset + 7);
  return start + buffer.write(vote, start);
}

function readHardState(buffer: Buffer, offset: number): { hardState: HardState; end: number } {
  const start = offset + hardStateHeaderBytes;
  const term = buffer.readUIntLE(offset + 1, 6);
  const end = start + buffer.readUInt8(offset + 7);
  if (end > buffer.length) throw new RangeError('term and vote cut short');
  const votedFor = end === start ? null : buffer.toString('utf8', start, end);
  return { hardState: { term, votedFor }, end };
}

function writeBase(buffer: Buffer, offset: number, { index, term }: LogBase): number {
  buffer[offset] = baseTag;
  buffer.writeUIntLE(index, offset + 1, 6);
  buffer.writeUIntLE(term, offset + 7, 6);
  return offset + baseBytes;
}

function readBase(buffer: Buffer, offset: number): LogBase {
  return { index: buffer.readUIntLE(offset + 1, 6), term: buffer.readUIntLE(offset + 7, 6) };
}
