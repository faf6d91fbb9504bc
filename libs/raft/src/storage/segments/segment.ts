import { crc32 } from 'node:zlib';
import { corrupt } from '../storage-fault.js';
import { StorageError } from '../../errors.js';

/**
 * The log is a row of segment files, `00000001.log`, `00000002.log`, ..., each filled with zeros
 * before it is used, so that a write changes no metadata and its sync is one trip to the disk.
 *
 * Above the last segment stands a spare, `00000003.spare`, from before the first frame of that
 * segment to after its last: the names of a directory must be 1, 2, 3 ... without a gap, logs first,
 * then a spare, or a segment was lost.
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
  /** The volume's mark: a segment of another volume is not taken for one of this. */
  readonly mark: number;
  readonly number: number;
  /** Size of the whole file. A segment neither grows nor shrinks. */
  readonly bytes: number;
  /** Sequence number of its first frame. Frames of the segment before from there on do not count. */
  readonly firstSequence: number;
}

/** The header has the first sector to itself, so no frame's write touches it. */
export const headerBytes = 512;

const magic = Buffer.from('QUORATE\n');
const formatVersion = 1;
const crcAt = 8;
const checkedFrom = 12;

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.set(magic);
  bytes.writeUInt32LE(formatVersion, 12);
  bytes.writeUInt32LE(header.mark, 16);
  bytes.writeUIntLE(header.number, 20, 6);
  bytes.writeUIntLE(header.bytes, 26, 6);
  bytes.writeUIntLE(header.firstSequence, 32, 6);
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
  const version = segment.readUInt32LE(12);
  if (version !== formatVersion) {
    throw new StorageError(
      'failed',
      `${file} has format ${version}, this version reads format ${formatVersion}. ` +
        'Start the version that wrote it.',
    );
  }
  const header: SegmentHeader = {
    mark: segment.readUInt32LE(16),
    number: segment.readUIntLE(20, 6),
    bytes: segment.readUIntLE(26, 6),
    firstSequence: segment.readUIntLE(32, 6),
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

/** What ties segments and frames to their volume. */
export function volumeMark(incarnation: string): number {
  return crc32(incarnation);
}
