import type { LogWrite } from '../../core/effects.js';
import type { LogIndex, Term } from '../../core/entry.js';
import { LogImage } from '../../storage/log-image.js';
import type { StoredState } from '../../storage/log-store.js';
import { isSameEntry } from '../oracles/logs.js';

/**
 * What a volume has promised to hold: a model beside the real one, told of every write that was
 * acknowledged. It outlives the node's process, as the volume does.
 */
export class Volume {
  image = new LogImage();
  /** null until the node founds a cluster or is adopted by one. */
  clusterId: string | null = null;
  /** The furthest that the log ever reached, cut off since or not. */
  furthestIndex: LogIndex = 0;
  /** Some of its bytes have changed by themselves, so it may not count as intact before it is read. */
  isDamaged = false;
  private writing: readonly LogWrite[] | null = null;
  private adopting: string | null = null;

  constructor(readonly incarnation: string) {}

  /** From here on, until it is acknowledged, the write may be there or not, but only as a whole. */
  beginWrite(batch: readonly LogWrite[]): void {
    this.writing = batch;
  }

  written(batch: readonly LogWrite[]): void {
    this.writing = null;
    for (const write of batch) {
      this.image.apply([write]);
      this.furthestIndex = Math.max(this.furthestIndex, this.image.lastIndex);
    }
  }

  beginAdoption(clusterId: string): void {
    this.adopting = clusterId;
  }

  adopted(clusterId: string): void {
    this.adopting = null;
    this.clusterId = clusterId;
  }

  holds(index: LogIndex, term: Term): boolean {
    const { base, entries } = this.image;
    if (index <= base.index) return index < base.index || base.term === term;
    return entries[index - base.index - 1]?.term === term;
  }

  /** From here on these entries may be there or not. */
  compacted(upTo: LogIndex): void {
    this.image.compact(upTo);
  }

  /** Takes over what was found when the volume was opened; what is wrong with that, or null. */
  recovered(stored: StoredState): string | null {
    const { incarnation, clusterId } = stored.identity;
    if (incarnation !== this.incarnation) return `it is ${incarnation}, not ${this.incarnation}`;
    if (clusterId !== this.clusterId && clusterId !== this.adopting) {
      return `it belongs to the cluster ${clusterId}, not to ${this.clusterId}`;
    }
    const legal = [this.image];
    if (this.writing !== null) legal.push(after(this.image, this.writing));
    const found = legal.find((image) => isSame(image, stored));
    if (found === undefined) {
      const may = legal.map(inWords).join(', or with the write under way ');
      return `it holds ${inWords(stored)}, and was to hold ${may}`;
    }
    this.image = found;
    this.furthestIndex = Math.max(this.furthestIndex, found.lastIndex);
    this.clusterId = clusterId;
    this.writing = null;
    this.adopting = null;
    return null;
  }
}

type Contents = Pick<StoredState, 'hardState' | 'base' | 'entries'>;

function after(image: LogImage, batch: readonly LogWrite[]): LogImage {
  const { hardState, base, entries } = image;
  const copy = new LogImage();
  copy.apply([{ id: 0, hardState, base, commit: 0, entries }, ...batch]);
  return copy;
}

/** Of what was let go of, more may be there than was promised. */
function isSame(promised: Contents, found: Contents): boolean {
  const more = promised.base.index - found.base.index;
  const before = more === 0 ? found.base : found.entries[more - 1];
  return (
    promised.hardState.term === found.hardState.term &&
    promised.hardState.votedFor === found.hardState.votedFor &&
    before?.term === promised.base.term &&
    promised.entries.length === found.entries.length - more &&
    promised.entries.every((entry, at) => {
      const other = found.entries[at + more];
      return other !== undefined && isSameEntry(entry, other);
    })
  );
}

function inWords({ hardState: { term, votedFor }, base, entries }: Contents): string {
  const last = entries.at(-1);
  const log = last === undefined ? 'nothing' : `up to ${last.index}@${last.term}`;
  const end = base.index === 0 ? log : `${log} behind ${base.index}@${base.term}`;
  return `${end}, term ${term}, vote ${votedFor ?? 'for nobody'}`;
}
