import { crc32 } from 'node:zlib';
import type { LogBefore } from '../log-summary.js';
import { corrupt } from '../storage-fault.js';
import { StorageError } from '../../errors.js';

/**
 * The log is a row of segment files, `00000001.log`, `00000002.log`, ..., each filled with zeros
 * before it is used, so that a write changes no metadata and its sync is one trip to the disk.
 *
 * Above the last segment stands a spare, `00000003.spare`, from before the first frame of that
 * segment to after its last: the names of a directory must follow on each other without a gap, logs
 * first, then a spare, or a segment was lost.
 *
 * A segment's header tells what the log was before it. So any segment can be the first one, and those
 * that hold nothing but old entries are removed from the front (segment-row.ts).
 */
export type SegmentKind = 'log' | 'spare';

export interface SegmentName {
  readonly number: number;
  readonly kind: SegmentKind;
}

export function segmentName(number: number, kind: SegmentKind): string {
  return `${String(number).padStart(8, '0')}.${kind}`;
}

/** null for a file that is no segment. */
export function parseSegmentName(name: string): SegmentName | null {
  const match = /^(\d{8,})\.(log|spare)$/.exec(name);
  if (match === null) return null;
  return { number: Number(match[1]), kind: match[2] === 'log' ? 'log' : 'spare' };
}

export interface SegmentHeader {
  readonly format: number;
  /** The volume's mark: a segment of another volume is not taken for one of this. */
  readonly mark: number;
  readonly number: number;
  /** Size of the whole file. A segment neither grows nor shrinks. */
  readonly bytes: number;
  /** Sequence number of its first frame. Frames of the segment before from there on do not count. */
  readonly firstSequence: number;
  /** What the log was before it; null in format 1, which did not tell. */
  readonly before: LogBefore | null;
}

/** The header has the first sector to itself, so no frame's write touches it. */
export const headerBytes = 512;

const magic = Buffer.from('QUORATE\n');
export const formatVersion = 2;
const oldestFormatVersion = 1;
const crcAt = 8;
const checkedFrom = 12;

export function encodeSegmentHeader(
  header: Omit<SegmentHeader, 'format'> & { readonly before: LogBefore },
): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.set(magic);
  bytes.writeUInt32LE(formatVersion, 12);
  bytes.writeUInt32LE(header.mark, 16);
  bytes.writeUIntLE(header.number, 20, 6);
  bytes.writeUIntLE(header.bytes, 26, 6);
  bytes.writeUIntLE(header.firstSequence, 32, 6);
  writeBefore(bytes, header.before);
  bytes.writeUInt32LE(crc32(bytes.subarray(checkedFrom)), crcAt);
  return bytes;
}

/**
 * Reads and checks the header of a segment. It was durable before the file got its name, so any
 * fault in it is damage.
 * @throws StorageError `corrupt`, or `failed` for a format that this version does not know.
 */
export function decodeSegmentHeader(
  segment: Buffer,
  file: string,
  expected: { readonly mark: number; readonly number: number },
): SegmentHeader {
  if (segment.length < headerBytes) throw corrupt(file, segment.length, 'its header is cut short');
  if (!segment.subarray(0, magic.length).equals(magic)) {
    throw corrupt(file, 0, 'it does not begin like a log segment');
  }
  const checked = segment.subarray(checkedFrom, headerBytes);
  if (segment.readUInt32LE(crcAt) !== crc32(checked)) {
    throw corrupt(file, crcAt, 'the checksum of its header is wrong');
  }
  const format = segment.readUInt32LE(12);
  if (format < oldestFormatVersion || format > formatVersion) {
    throw new StorageError(
      'failed',
      `${file} has format ${format}, this version reads format ${oldestFormatVersion} to ` +
        `${formatVersion}. Start the version that wrote it.`,
    );
  }
  const header: SegmentHeader = {
    format,
    mark: segment.readUInt32LE(16),
    number: segment.readUIntLE(20, 6),
    bytes: segment.readUIntLE(26, 6),
    firstSequence: segment.readUIntLE(32, 6),
    before: format === 1 ? null : readBefore(segment),
  };
  if (header.mark !== expected.mark) throw corrupt(file, 16, 'it belongs to another volume');
  if (header.number !== expected.number) {
    throw corrupt(file, 20, `it is segment ${header.number} under another's name`);
  }
  if (header.bytes !== segment.length) {
    throw corrupt(file, segment.length, `it has ${segment.length} of ${header.bytes} bytes`);
  }
  return header;
}

function writeBefore(bytes: Buffer, { hardState, last }: LogBefore): void {
  const vote = hardState.votedFor ?? '';
  bytes.writeUIntLE(last.index, 38, 6);
  bytes.writeUIntLE(last.term, 44, 6);
  bytes.writeUIntLE(hardState.term, 50, 6);
  bytes.writeUInt8(Buffer.byteLength(vote), 56);
  bytes.write(vote, 57);
}

function readBefore(bytes: Buffer): LogBefore {
  const voteEnd = 57 + bytes.readUInt8(56);
  const votedFor = voteEnd === 57 ? null : bytes.toString('utf8', 57, voteEnd);
  return {
    last: { index: bytes.readUIntLE(38, 6), term: bytes.readUIntLE(44, 6) },
    hardState: { term: bytes.readUIntLE(50, 6), votedFor },
  };
}

/** What ties segments and frames to their volume. */
export function volumeMark(incarnation: string): number {
  return crc32(incarnation);
}
