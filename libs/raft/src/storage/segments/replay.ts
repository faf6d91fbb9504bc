import { LogImage } from '../log-image.js';
import type { LogBefore } from '../log-summary.js';
import { frameHeaderBytes, readFrameBody, readFrameHeader } from './frame.js';
import type { SegmentList } from './segment-list.js';
import { readRecords } from './records.js';
import { corrupt, missing, storageFault } from '../storage-fault.js';
import { decodeSegmentHeader, headerBytes } from './segment.js';
import type { SegmentHeader } from './segment.js';
import { judgeTail } from './torn-tail.js';
import type { VolumeFiles } from '../files/volume-files.js';

export interface Replayed {
  readonly image: LogImage;
  /** Of all segments, each with what the log was before it. */
  readonly headers: readonly ReplayedHeader[];
  readonly end: LogEnd;
}

export type ReplayedHeader = SegmentHeader & { readonly before: LogBefore };

/** Where the log ends, and what recovery has to do there before anything is added. */
export interface LogEnd {
  /** Number and size of the last segment. */
  readonly segment: number;
  readonly segmentBytes: number;
  /** Where the next frame goes, and its sequence number. */
  readonly position: number;
  readonly sequence: number;
  /** The segment's last frame, null when it has none. */
  readonly lastFrame: { readonly position: number; readonly bytes: Buffer } | null;
  /** End of the torn frame at `position`, null when there is none. */
  readonly tornEnd: number | null;
}

interface Segment {
  readonly path: string;
  readonly header: SegmentHeader;
  readonly bytes: Buffer;
}

/**
 * Replays all frames, behind what the first segment's header says. Reads only.
 * @throws StorageError `corrupt`, naming file and byte offset.
 */
export async function replay(
  files: VolumeFiles,
  list: SegmentList,
  mark: number,
): Promise<Replayed> {
  let segment = await readSegment(files, list, list.first, mark);
  const image = imageBefore(segment.header, list);
  const headers = [completed(segment.header, image)];
  while (segment.header.number < list.last) {
    const next = await readSegment(files, list, segment.header.number + 1, mark);
    const frames = new FrameReader(segment, mark, image);
    frames.readUntil(next.header.firstSequence);
    headers.push(completed(next.header, image));
    segment = next;
  }
  return { image, headers, end: new FrameReader(segment, mark, image).readToEnd() };
}

function completed(header: SegmentHeader, image: LogImage): ReplayedHeader {
  return { ...header, before: header.before ?? image.summary };
}

function imageBefore({ before, number }: SegmentHeader, list: SegmentList): LogImage {
  if (before !== null) return new LogImage(before);
  if (number === 1) return new LogImage();
  throw missing(list.path(number - 1, 'log'), `${list.path(number, 'log')} goes on where it ended`);
}

async function readSegment(
  files: VolumeFiles,
  list: SegmentList,
  number: number,
  mark: number,
): Promise<Segment> {
  const path = list.path(number, 'log');
  let bytes: Buffer;
  try {
    bytes = await files.read(path);
  } catch (error) {
    throw storageFault(`cannot read ${path}`, error);
  }
  return { path, bytes, header: decodeSegmentHeader(bytes, path, { mark, number }) };
}

/** Goes through the frames of one segment. */
class FrameReader {
  private readonly segment: Segment;
  private readonly mark: number;
  private readonly image: LogImage;
  private position = headerBytes;
  private lastPosition: number | null = null;
  private sequence: number;

  constructor(segment: Segment, mark: number, image: LogImage) {
    this.segment = segment;
    this.mark = mark;
    this.image = image;
    this.sequence = segment.header.firstSequence;
  }

  /**
   * Reads a segment that another follows. Its frames before `sequence` were durable before that one
   * was begun; from there on they are the remains of a write that failed.
   */
  readUntil(sequence: number): void {
    while (this.sequence < sequence) {
      if (!this.readFrame()) {
        throw this.damage(`frame ${this.sequence} is not there as it was written`);
      }
    }
  }

  readToEnd(): LogEnd {
    while (this.readFrame());
    const { bytes, header } = this.segment;
    const tail = judgeTail(bytes, this.position, this.sequence, this.mark);
    if (tail.kind === 'damaged') throw this.damage(tail.found);
    const last = this.lastPosition;
    return {
      segment: header.number,
      segmentBytes: header.bytes,
      position: this.position,
      sequence: this.sequence,
      lastFrame:
        last === null ? null : { position: last, bytes: bytes.subarray(last, this.position) },
      tornEnd: tail.kind === 'torn' ? tail.end : null,
    };
  }

  /** Applies the next frame. False where it is not there, or not as it was written. */
  private readFrame(): boolean {
    const { bytes } = this.segment;
    const header = readFrameHeader(bytes, this.position, this.mark);
    if (header?.sequence !== this.sequence) return false;
    const body = readFrameBody(bytes, this.position, header, this.mark);
    if (body === null) return false;
    try {
      readRecords(body, this.image);
    } catch (error) {
      throw this.damage(`frame ${this.sequence} cannot be read: ${String(error)}`);
    }
    this.lastPosition = this.position;
    this.position += frameHeaderBytes + header.bodyBytes;
    this.sequence += 1;
    return true;
  }

  private damage(found: string): Error {
    return corrupt(this.segment.path, this.position, found);
  }
}
