import { join } from 'node:path';
import type { LogWrite } from '../../core/effects.js';
import { blankLog, summaryAfter } from '../log-summary.js';
import type { LogSummary } from '../log-summary.js';
import { FrameEncoder, frameBytes } from './frame.js';
import type { LogEnd, Replayed } from './replay.js';
import { encodeSegmentHeader, headerBytes, segmentName } from './segment.js';
import type { SegmentKind } from './segment.js';
import { SegmentRow } from './segment-row.js';
import type { SegmentSpan } from './segment-row.js';
import { sliceBytes, SpareMaker, zeros } from './spare.js';
import { storageFault } from '../storage-fault.js';
import { closeFailed } from '../files/leftovers.js';
import type { VolumeFile, VolumeFiles } from '../files/volume-files.js';

export interface SegmentPlace {
  readonly files: VolumeFiles;
  /** The directory of the segments. */
  readonly dir: string;
  readonly mark: number;
  /** Size of a new segment. A frame that is larger gets a segment of its own size. */
  readonly segmentBytes: number;
}

interface OpenSegment {
  readonly path: string;
  readonly file: VolumeFile;
  readonly bytes: number;
  position: number;
}

/** Adds frames at the end of the log. */
export class SegmentWriter {
  /** The segments that stand. */
  readonly row: SegmentRow;
  private readonly place: SegmentPlace;
  private readonly encoder: FrameEncoder;
  private readonly spares: SpareMaker;
  private number = 0;
  private sequence = 1;
  private summary: LogSummary;
  private segment: OpenSegment | null = null;

  private constructor(place: SegmentPlace, summary: LogSummary, spans: readonly SegmentSpan[]) {
    const { files, dir, mark } = place;
    this.place = place;
    this.summary = summary;
    this.row = new SegmentRow(files, dir, spans);
    this.encoder = new FrameEncoder(mark);
    this.spares = new SpareMaker(files, dir);
  }

  /** Makes the first segment of a new volume. */
  static async begin(place: SegmentPlace): Promise<SegmentWriter> {
    const writer = new SegmentWriter(place, blankLog, []);
    writer.segment = await writer.startSegment(0);
    return writer;
  }

  /** Goes on where a replay ended, once the end of it is durable. */
  static async resume(place: SegmentPlace, replayed: Replayed): Promise<SegmentWriter> {
    const { image, headers, end } = replayed;
    const spans = headers.map(({ number, before }) => ({ number, lastBefore: before.last.index }));
    const writer = new SegmentWriter(place, image.summary, spans);
    const path = writer.path(end.segment, 'log');
    const settled = await place.files.open(path);
    try {
      await settleEnd(settled, end);
    } catch (error) {
      await closeFailed(settled);
      throw storageFault(`cannot make the end of ${path} durable`, error);
    }
    await settled.close();
    const file = await place.files.openSynced(path);
    writer.number = end.segment;
    writer.sequence = end.sequence;
    writer.segment = { path, file, bytes: end.segmentBytes, position: end.position };
    return writer;
  }

  /**
   * Writes the batch as one frame. Durable when it resolves. After a failure the segment is not
   * trusted any more: what a failed sync left behind is unknown, and a second one would not tell
   * (Rebello et al., Can Applications Recover from fsync Failures?, ATC 2020). The next batch begins
   * a new segment, whose header says that the failed frame does not count.
   * @throws RangeError when the entries would leave a gap: nothing is written then.
   */
  async append(batch: readonly LogWrite[]): Promise<void> {
    const after = summaryAfter(this.summary, batch);
    const { commitIndex } = after;
    const content = { batch, commit: commitIndex > this.summary.commitIndex ? commitIndex : null };
    const bytes = frameBytes(content);
    const segment = await this.segmentFor(bytes);
    const { file, position } = segment;
    const frame = this.encoder.encode(content, bytes, this.sequence, position);
    try {
      await file.write(frame, position);
    } catch (error) {
      await this.abandon(segment);
      throw storageFault(`cannot write to ${segment.path}`, error);
    }
    segment.position += bytes;
    this.sequence += 1;
    this.summary = after;
    if (segment.position > segment.bytes / 2) {
      this.spares.prepare(this.number + 1, this.place.segmentBytes);
    }
  }

  async close(): Promise<void> {
    const { segment } = this;
    this.segment = null;
    try {
      await this.spares.close();
    } finally {
      await segment?.file.close();
    }
  }

  /** The open segment if the frame fits there, else the next one. */
  private async segmentFor(frame: number): Promise<OpenSegment> {
    const current = this.segment;
    if (current !== null && current.position + frame <= current.bytes) return current;
    // Even where this fails, the next segment may have got its name, and what is added to this one
    // would not count.
    this.segment = null;
    try {
      await current?.file.close();
      this.segment = await this.startSegment(frame);
    } catch (error) {
      throw storageFault(`cannot begin ${this.path(this.number + 1, 'log')}`, error);
    }
    return this.segment;
  }

  private async abandon(segment: OpenSegment): Promise<void> {
    this.segment = null;
    // Without a frame that counts it is replaced, lest a disk that fails for long is filled with them.
    if (segment.position === headerBytes) this.number -= 1;
    await closeFailed(segment.file);
  }

  /**
   * Gives the spare its header, and then its name: a segment that has a name is whole. Its frames are
   * written one by one, each durable at once. When this fails it may be done again, all of it: no frame
   * is in there yet.
   */
  private async startSegment(frame: number): Promise<OpenSegment> {
    const { files, dir, mark, segmentBytes } = this.place;
    const number = this.number + 1;
    const { file: spare, bytes } = await this.spares.take(
      number,
      Math.max(segmentBytes, headerBytes + frame),
    );
    const path = this.path(number, 'log');
    try {
      const header = { mark, number, bytes, firstSequence: this.sequence, before: this.summary };
      await spare.write(encodeSegmentHeader(header), 0);
      await spare.datasync();
      await files.rename(this.path(number, 'spare'), path);
      await files.syncDirectory(dir);
    } catch (error) {
      await closeFailed(spare);
      throw error;
    }
    await spare.close();
    const file = await files.openSynced(path);
    this.number = number;
    this.row.add({ number, lastBefore: this.summary.last.index });
    return { path, file, bytes, position: headerBytes };
  }

  private path(number: number, kind: SegmentKind): string {
    return join(this.place.dir, segmentName(number, kind));
  }
}

/**
 * Makes the disk hold what the replay was shown: the last frame, and zeros behind it in place of a
 * torn one. All of it is written again: after a sync that failed, the system's cache may show what is
 * not on the disk and count as written, and a sync alone would not bring it there.
 */
async function settleEnd(file: VolumeFile, end: LogEnd): Promise<void> {
  if (end.lastFrame !== null) await file.write(end.lastFrame.bytes, end.lastFrame.position);
  for (let at = end.position; at < end.segmentBytes; at += sliceBytes) {
    await file.write(zeros.subarray(0, Math.min(sliceBytes, end.segmentBytes - at)), at);
  }
  await file.datasync();
}
