import { decodeConfiguration, noConfiguration, type PlacedConfiguration } from './configuration.js';
import { type Entry, entrySize, type LogIndex, type Term } from './entry.js';

/** The replicated log of one node, as it stands in memory, and the configurations in it. */
export class RaftLog {
  /** entries[i] has index i + 1. */
  private readonly entries: Entry[];
  private readonly configurations: PlacedConfiguration[] = [];

  constructor(entries: readonly Entry[]) {
    this.entries = [...entries];
    for (const entry of this.entries) this.noteConfiguration(entry);
  }

  get firstIndex(): LogIndex {
    return this.entries.length === 0 ? 0 : 1;
  }

  get lastIndex(): LogIndex {
    return this.entries.length;
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

  entryAt(index: LogIndex): Entry | undefined {
    return this.entries[index - 1];
  }

  /** Term of the entry at `index`; 0 before the log, undefined behind its end. */
  termAt(index: LogIndex): Term | undefined {
    return index === 0 ? 0 : this.entries[index - 1]?.term;
  }

  /** Entries from … to, both included. */
  between(from: LogIndex, to: LogIndex): readonly Entry[] {
    return this.entries.slice(from - 1, to);
  }

  /** Entries from `from` on that fit into `maxBytes`, but at least one if there is one. */
  batch(from: LogIndex, maxBytes: number): readonly Entry[] {
    let bytes = 0;
    let end = from - 1;
    for (; end < this.entries.length; end++) {
      const entry = this.entries[end];
      if (entry !== undefined) bytes += entrySize(entry);
      if (bytes > maxBytes && end >= from) break;
    }
    return this.entries.slice(from - 1, end);
  }

  /** Whether a log that ends like this has everything that a vote may ask for (paper §5.4.1). */
  isUpToDate(lastIndex: LogIndex, lastTerm: Term): boolean {
    if (lastTerm !== this.lastTerm) return lastTerm > this.lastTerm;
    return lastIndex >= this.lastIndex;
  }

  /**
   * The last index at or below `index` whose term is at most `term`: what a leader and a follower
   * may have in common there, found without a message for each entry (paper §5.3).
   */
  lastIndexOfTermAtMost(term: Term, index: LogIndex): LogIndex {
    let candidate = Math.min(index, this.lastIndex);
    while (candidate > 0 && (this.termAt(candidate) ?? 0) > term) candidate--;
    return candidate;
  }

  append(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.entries.push(entry);
      this.noteConfiguration(entry);
    }
  }

  /** Drops `from` and everything behind it, configurations included. */
  truncate(from: LogIndex): void {
    this.entries.length = from - 1;
    while (this.configuration.index >= from) this.configurations.pop();
  }

  private noteConfiguration(entry: Entry): void {
    if (entry.type !== 'configuration') return;
    this.configurations.push({ ...decodeConfiguration(entry.data), index: entry.index });
  }
}
