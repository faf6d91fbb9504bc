import { join } from 'node:path';
import type { LogIndex } from '../../core/entry.js';
import type { VolumeFiles } from '../files/volume-files.js';
import { isCode, storageFault } from '../storage-fault.js';
import { segmentName } from './segment.js';

/** What one has to know of a segment to let go of those before it, and of itself. */
export interface SegmentSpan {
  readonly number: number;
  /** Whether its header tells what the log was before it. */
  readonly canBeFirst: boolean;
  /** The highest index that was ever in it. */
  readonly highest: LogIndex;
}

/** The segments that stand, from the first to the one that is written to. */
export class SegmentRow {
  private readonly files: VolumeFiles;
  private readonly dir: string;
  private spans: SegmentSpan[];

  constructor(files: VolumeFiles, dir: string, spans: readonly SegmentSpan[]) {
    this.files = files;
    this.dir = dir;
    this.spans = [...spans];
  }

  /** A new last segment, which may stand in the place of one that was of no use. */
  begun(number: number): void {
    const before = this.spans.filter((span) => span.number < number);
    this.spans = [...before, { number, canBeFirst: true, highest: 0 }];
  }

  /** The last segment holds this index now. */
  reached(index: LogIndex): void {
    const last = this.spans.at(-1);
    if (last === undefined || last.highest >= index) return;
    this.spans[this.spans.length - 1] = { ...last, highest: index };
  }

  /**
   * Removes segments from the front that hold no entry above `upTo`. Each is gone for good before the
   * next one goes: a crash leaves a row without a gap. A log that is cut back and written again has
   * the same index in two segments, so it is the highest one ever that counts.
   * @throws StorageError
   */
  async compact(upTo: LogIndex): Promise<void> {
    for (;;) {
      const [first, second] = this.spans;
      if (first === undefined || first.highest > upTo || second?.canBeFirst !== true) return;
      await this.remove(first);
      this.spans = this.spans.filter((span) => span !== first);
    }
  }

  /** Does it again where it has failed, or succeeded and not been told. */
  private async remove({ number }: SegmentSpan): Promise<void> {
    const path = join(this.dir, segmentName(number, 'log'));
    try {
      try {
        await this.files.remove(path);
      } catch (error) {
        if (!isCode(error, 'ENOENT')) throw error;
      }
      await this.files.syncDirectory(this.dir);
    } catch (error) {
      throw storageFault(`cannot remove ${path}`, error);
    }
  }
}
