import { entryBytes, readEntry, writeEntry } from '../../codec/entry.js';
import type { LogWrite } from '../../core/effects.js';
import type { HardState } from '../../core/entry.js';
import type { LogImage } from '../log-image.js';

/**
 * The records of a frame, in the order of the writes: each a tag and then
 * for term and vote: term u48, length of the vote u8 (0: none), the vote in UTF-8;
 * for an entry: its bytes as in codec/entry.ts. Little-endian.
 */
const hardStateTag = 1;
const entryTag = 2;
const hardStateHeaderBytes = 8;

export function recordsBytes(batch: readonly LogWrite[]): number {
  let bytes = 0;
  for (const { hardState, entries } of batch) {
    if (hardState !== null) {
      bytes += hardStateHeaderBytes + Buffer.byteLength(hardState.votedFor ?? '');
    }
    for (const entry of entries) bytes += 1 + entryBytes(entry);
  }
  return bytes;
}

/** Writes the records at `offset` and returns the offset behind them. */
export function writeRecords(buffer: Buffer, offset: number, batch: readonly LogWrite[]): number {
  let at = offset;
  for (const { hardState, entries } of batch) {
    if (hardState !== null) at = writeHardState(buffer, at, hardState);
    for (const entry of entries) {
      buffer[at] = entryTag;
      at = writeEntry(buffer, at + 1, entry);
    }
  }
  return at;
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
    } else {
      throw new RangeError(`unknown record ${String(tag)}`);
    }
  }
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
