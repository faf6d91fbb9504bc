import { decodeConfiguration, noConfiguration, type PlacedConfiguration } from './configuration.js';
import { type Entry, entrySize, type LogIndex, type Term } from './entry.js';
import { type LogBase, noBase, type SnapshotMeta } from './snapshot.js';

/**
 * The replicated log of one node, as it stands in memory, and the configurations in it. It begins
 * behind a base: what stood up to there, a snapshot stands for (paper §7).
 */
export class RaftLog {
  private start: LogBase;
  /** entries[i] has index start.index + 1 + i. */
  private entries: Entry[];
  /** Rising by index; the first is in force at the base. */
  private readonly configurations: PlacedConfiguration[];

  /** @param configuration of the latest snapshot: it stands at or before the base, or among the entries */
  constructor(
    entries: readonly Entry[],
    base: LogBase = noBase,
    configuration: PlacedConfiguration = noConfiguration,
  ) {
    this.start = base;
    this.entries = [...entries];
    this.configurations = [configuration];
    for (const entry of this.entries) {
      if (entry.index > configuration.index) this.noteConfiguration(entry);
    }
  }

  /** The last entry that the log holds no more. */
  get base(): LogBase {
    return this.start;
  }

  /** 0 while it holds no entry. */
  get firstIndex(): LogIndex {
    return this.entries.length === 0 ? 0 : this.start.index + 1;
  }

  get lastIndex(): LogIndex {
    return this.start.index + this.entries.length;
  }

  get lastTerm(): Term {
    return this.termAt(this.lastIndex) ?? 0;
  }

  /** The latest configuration, committed or not: it counts from the moment it is appended (thesis §4.1). */
  get configuration(): PlacedConfiguration {
    return this.configurations.at(-1) ?? noConfiguration;
  }

  get previousConfiguration(): PlacedConfiguration {
    return this.configurations.at(-2) ?? noConfiguration;
  }

  /** The configuration in force once the entry at `index` is applied; not asked for below the base. */
  configurationAt(index: LogIndex): PlacedConfiguration {
    return this.configurations.findLast((one) => one.index <= index) ?? noConfiguration;
  }

  entryAt(index: LogIndex): Entry | undefined {
    return this.entries[this.position(index)];
  }

  /** Term of the entry at `index`, or of the base; undefined below it and behind the end. */
  termAt(index: LogIndex): Term | undefined {
    return index === this.start.index ? this.start.term : this.entryAt(index)?.term;
  }

  /** Entries from … to, both included; none when the first of them is not there any more. */
  between(from: LogIndex, to: LogIndex): readonly Entry[] {
    if (from <= this.start.index) return [];
    return this.entries.slice(this.position(from), this.position(to) + 1);
  }

  /** At most `maxCount` entries from `from` on that fit into `maxBytes`, but at least one if there is one. */
  batch(from: LogIndex, maxBytes: number, maxCount: number): readonly Entry[] {
    let bytes = 0;
    let to = from;
    const last = Math.min(this.lastIndex, from + maxCount - 1);
    for (; to <= last; to++) {
      const entry = this.entryAt(to);
      if (entry !== undefined) bytes += entrySize(entry);
      if (bytes > maxBytes && to > from) break;
    }
    return this.between(from, to - 1);
  }

  /** Whether a log that ends like this has everything that a vote may ask for (paper §5.4.1). */
  isUpToDate(lastIndex: LogIndex, lastTerm: Term): boolean {
    if (lastTerm !== this.lastTerm) return lastTerm > this.lastTerm;
    return lastIndex >= this.lastIndex;
  }

  /**
   * The last index at or below `index` whose term is at most `term`: what a leader and a follower
   * may have in common there, found without a message for each entry (paper §5.3). The terms below
   * the base are forgotten, so the search ends there at the latest.
   */
  lastIndexOfTermAtMost(term: Term, index: LogIndex): LogIndex {
    let candidate = Math.min(index, this.lastIndex);
    while ((this.termAt(candidate) ?? 0) > term) candidate--;
    return candidate;
  }

  /** Where a log would begin that keeps as much up to `index` as these bounds allow. */
  baseKeeping(maxEntries: number, maxBytes: number, index: LogIndex): LogIndex {
    const lowest = Math.max(this.start.index, index - maxEntries);
    let bytes = 0;
    let base = index;
    for (; base > lowest; base--) {
      const entry = this.entryAt(base);
      if (entry !== undefined) bytes += entrySize(entry);
      if (bytes > maxBytes) break;
    }
    return base;
  }

  append(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.entries.push(entry);
      this.noteConfiguration(entry);
    }
  }

  /** Drops `from` and everything behind it, configurations included. */
  truncate(from: LogIndex): void {
    this.entries.length = this.position(from);
    while (this.configuration.index >= from) this.configurations.pop();
  }

  /** Lets go of the entries up to `index`; what is left is copied once, so do it seldom. */
  compact(index: LogIndex): void {
    const term = this.termAt(index);
    if (term === undefined) return;
    this.entries = this.entries.slice(this.position(index) + 1);
    this.start = { index, term };
    const inForce = this.configurations.findLastIndex((one) => one.index <= index);
    this.configurations.splice(0, inForce);
  }

  /** Drops everything: from here on the log is what follows this snapshot. */
  beginAnew({ index, term, configuration }: SnapshotMeta): void {
    this.start = { index, term };
    this.entries = [];
    this.configurations.splice(0, Infinity, configuration);
  }

  private position(index: LogIndex): number {
    return index - this.start.index - 1;
  }

  private noteConfiguration(entry: Entry): void {
    if (entry.type !== 'configuration') return;
    this.configurations.push({ ...decodeConfiguration(entry.data), index: entry.index });
  }
}
