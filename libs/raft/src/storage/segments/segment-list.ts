import { join } from 'node:path';
import { missing } from '../storage-fault.js';
import { parseSegmentName, segmentName } from './segment.js';
import type { SegmentKind, SegmentName } from './segment.js';
import type { VolumeFiles } from '../files/volume-files.js';

/** The names in a log directory (segment.ts tells what they must be). */
export class SegmentList {
  private readonly dir: string;
  private readonly names: readonly SegmentName[];

  constructor(dir: string, fileNames: readonly string[]) {
    this.dir = dir;
    this.names = fileNames.map(parseSegmentName).filter((name) => name !== null);
  }

  /** Number of the first segment. Those before it were let go of. */
  get first(): number {
    return Math.min(...this.numbers('log'));
  }

  /** Number of the last segment, 0 when there is none. */
  get last(): number {
    return Math.max(0, ...this.numbers('log'));
  }

  path(number: number, kind: SegmentKind): string {
    return join(this.dir, segmentName(number, kind));
  }

  /** @throws StorageError `corrupt` when the names tell that a segment was lost. */
  checkComplete(): void {
    const logs = this.numbers('log');
    const spares = this.numbers('spare');
    const highest = Math.max(this.last, ...spares);
    if (this.last === 0) {
      const spare = spares.size === 0 ? 2 : Math.min(...spares);
      throw missing(this.path(Math.max(1, spare - 1), 'log'), 'the volume has an identity');
    }
    for (let number = this.first; number <= highest; number += 1) {
      if (logs.has(number) || (number > this.last && spares.has(number))) continue;
      const next = this.path(number + 1, logs.has(number + 1) ? 'log' : 'spare');
      throw missing(this.path(number, 'log'), `${next} is there`);
    }
    if (highest === this.last) {
      const evidence = 'it always stands above the last segment, so segments may be missing too';
      throw missing(this.path(highest + 1, 'spare'), evidence);
    }
  }

  /** Removes half-made segments, all but the spare that stands above the last segment. */
  async removeLeftovers(files: VolumeFiles): Promise<void> {
    for (const number of this.numbers('spare')) {
      if (number !== this.last + 1) await files.remove(this.path(number, 'spare'));
    }
  }

  async removeAll(files: VolumeFiles): Promise<void> {
    for (const { number, kind } of this.names) await files.remove(this.path(number, kind));
  }

  private numbers(kind: SegmentKind): Set<number> {
    return new Set(this.names.filter((name) => name.kind === kind).map((name) => name.number));
  }
}
