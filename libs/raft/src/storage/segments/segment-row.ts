import { join } from 'node:path';
import type { LogIndex } from '../../core/entry.js';
import { removeIfThere } from '../files/leftovers.js';
import type { VolumeFiles } from '../files/volume-files.js';
import { storageFault } from '../storage-fault.js';
import { segmentName } from './segment.js';

/** A segment of the row. */
export interface SegmentSpan {
  readonly number: number;
  /** The last index of the log when it was begun. */
  readonly lastBefore: LogIndex;
}

/** The segments that stand, from the first to the one that is written to. */
export class SegmentRow {
  private readonly files: VolumeFiles;
  private readonly dir: string;
  private spans: readonly SegmentSpan[];

  constructor(files: VolumeFiles, dir: string, spans: readonly SegmentSpan[]) {
    this.files = files;
    this.dir = dir;
    this.spans = spans;
  }

  /** A new last segment, which may stand in the place of one that was of no use. */
  add(span: SegmentSpan): void {
    this.spans = [...this.spans.filter(({ number }) => number < span.number), span];
  }

  /**
   * Removes segments from the front whose entries are all at or below `upTo`: the log had got no
   * further when the next one was begun. Each is gone for good before the next one goes, so a crash
   * leaves a row without a gap. The last one stays.
   * @throws StorageError
   */
  async compact(upTo: LogIndex): Promise<void> {
    for (;;) {
      const [first, second] = this.spans;
      if (first === undefined || second === undefined || second.lastBefore > upTo) return;
      await this.remove(first.number);
      this.spans = this.spans.filter((span) => span !== first);
    }
  }

  /** Does it again where it has failed, or succeeded and not been told. */
  private async remove(number: number): Promise<void> {
    const path = join(this.dir, segmentName(number, 'log'));
    try {
      await removeIfThere(this.files, path);
      await this.files.syncDirectory(this.dir);
    } catch (error) {
      throw storageFault(`cannot remove ${path}`, error);
    }
  }
}
