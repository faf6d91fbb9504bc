import { crc32 } from 'node:zlib';
import { StorageError } from '../../errors.js';
import { recordsBytes, writeRecords } from './records.js';
import type { FrameContent } from './records.js';
import { sectorBytes, blankSectors } from './sectors.js';

/**
 * A frame is one batch of writes, one write to the file and one sync: a header and the records.
 *
 *   magic u32, crc of the header u32, sequence u48, body length u32, blank sectors u32, crc of the
 *   body u32. Little-endian.
 *
 * Sequence numbers rise by one from frame to frame, through all segments. Both checksums are seeded
 * with the volume's mark, so that no value that a client writes can look like a frame.
 */
export interface FrameHeader {
  readonly sequence: number;
  /** Length of the records. */
  readonly bodyBytes: number;
  /** How many of the sectors behind the header's are all zeros by nature (torn-tail.ts says why). */
  readonly blankSectors: number;
  readonly bodyCrc: number;
}

export const frameHeaderBytes = 26;

/** No byte of it is zero: a sector that holds any of it is never blank. */
export const frameMagic = Buffer.from('QfrM');

const headerCrcAt = 4;
const checkedFrom = 8;
const maxFrameBytes = 1024 * 1024 * 1024;
const keptBufferBytes = 4 * 1024 * 1024;

export function frameBytes(content: FrameContent): number {
  const bytes = frameHeaderBytes + recordsBytes(content);
  if (bytes > maxFrameBytes) {
    throw new StorageError(
      'failed',
      `a batch of ${bytes} bytes is over the limit of ${maxFrameBytes}: write less at a time`,
    );
  }
  return bytes;
}

/** Makes frames, one at a time, in a buffer that it uses again. */
export class FrameEncoder {
  private readonly mark: number;
  private buffer = Buffer.alloc(0);

  constructor(mark: number) {
    this.mark = mark;
  }

  /** The frame, valid until the next call. `bytes` is its `frameBytes`, `position` its place in the file. */
  encode(content: FrameContent, bytes: number, sequence: number, position: number): Buffer {
    const frame = this.take(bytes);
    writeRecords(frame, frameHeaderBytes, content);
    frame.set(frameMagic);
    frame.writeUIntLE(sequence, 8, 6);
    frame.writeUInt32LE(bytes - frameHeaderBytes, 14);
    frame.writeUInt32LE(blankBodySectors(frame, position), 18);
    frame.writeUInt32LE(crc32(frame.subarray(frameHeaderBytes), this.mark), 22);
    frame.writeUInt32LE(headerCrc(frame, 0, this.mark), headerCrcAt);
    return frame;
  }

  private take(bytes: number): Buffer {
    if (bytes > keptBufferBytes) return Buffer.allocUnsafe(bytes);
    if (bytes > this.buffer.length) {
      this.buffer = Buffer.allocUnsafe(Math.min(bytes * 2, keptBufferBytes));
    }
    return this.buffer.subarray(0, bytes);
  }
}

/** The header at `offset`, or null where there is none that is whole. */
export function readFrameHeader(segment: Buffer, offset: number, mark: number): FrameHeader | null {
  const end = offset + frameHeaderBytes;
  if (end > segment.length) return null;
  if (!segment.subarray(offset, offset + frameMagic.length).equals(frameMagic)) return null;
  if (segment.readUInt32LE(offset + headerCrcAt) !== headerCrc(segment, offset, mark)) return null;
  return {
    sequence: segment.readUIntLE(offset + 8, 6),
    bodyBytes: segment.readUInt32LE(offset + 14),
    blankSectors: segment.readUInt32LE(offset + 18),
    bodyCrc: segment.readUInt32LE(offset + 22),
  };
}

/** The records of the frame at `offset`, or null when they are not the ones that were written. */
export function readFrameBody(
  segment: Buffer,
  offset: number,
  header: FrameHeader,
  mark: number,
): Buffer | null {
  const start = offset + frameHeaderBytes;
  const end = start + header.bodyBytes;
  if (end > segment.length) return null;
  const body = segment.subarray(start, end);
  return crc32(body, mark) === header.bodyCrc ? body : null;
}

/** Counts the blank sectors of a frame behind those that its header reaches into. */
export function blankBodySectors(frame: Buffer, position: number): number {
  const headerEnd = position + frameHeaderBytes;
  const firstSector = Math.ceil(headerEnd / sectorBytes) * sectorBytes;
  return blankSectors(frame, firstSector - position);
}

function headerCrc(buffer: Buffer, offset: number, mark: number): number {
  return crc32(buffer.subarray(offset + checkedFrom, offset + frameHeaderBytes), mark);
}
