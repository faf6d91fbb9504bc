import type { LogWrite } from '../../core/effects.js';
import type { LogIndex, Term } from '../../core/entry.js';
import { LogImage } from '../../storage/log-image.js';

/** What a disk holds for one node, synced. It outlives the node's process. */
export class Volume {
  readonly image = new LogImage();
  /** null until the node founds a cluster or is adopted by one. */
  clusterId: string | null = null;
  /** The furthest that the log ever reached, cut off since or not. */
  furthestIndex: LogIndex = 0;

  constructor(readonly incarnation: string) {}

  sync(batch: readonly LogWrite[]): void {
    for (const write of batch) {
      this.image.apply([write]);
      this.furthestIndex = Math.max(this.furthestIndex, this.image.lastIndex);
    }
  }

  holds(index: LogIndex, term: Term): boolean {
    return this.image.entries[index - 1]?.term === term;
  }
}
