import type { LogWrite } from '../core/effects.js';
import type { Entry, HardState, LogIndex } from '../core/entry.js';
import type { LogBase } from '../core/snapshot.js';
import { blankLog, checkFollows } from './log-summary.js';
import type { LogBefore, LogSummary } from './log-summary.js';

/** What the writes so far add up to. */
export class LogImage {
  hardState: HardState;
  /** The entries stand behind it. */
  base: LogBase;
  commitIndex: LogIndex;
  readonly entries: Entry[] = [];

  /** Entries that it does not hold were let go of, so they are committed. */
  constructor({ hardState, last }: LogBefore = blankLog) {
    this.hardState = hardState;
    this.base = last;
    this.commitIndex = last.index;
  }

  get lastIndex(): LogIndex {
    return this.base.index + this.entries.length;
  }

  get summary(): LogSummary {
    const { hardState, commitIndex } = this;
    const { index, term } = this.entries.at(-1) ?? this.base;
    return { hardState, last: { index, term }, commitIndex };
  }

  /** @throws RangeError for a gap, with the writes before it applied. */
  apply(batch: readonly LogWrite[]): void {
    for (const write of batch) {
      this.hardState = write.hardState ?? this.hardState;
      if (write.base !== null) this.beginBehind(write.base);
      for (const entry of write.entries) this.append(entry);
      this.commit(write.commit);
    }
  }

  /** Begins anew, empty: the entries up to there are committed, and a snapshot stands for them. */
  beginBehind({ index, term }: LogBase): void {
    this.base = { index, term };
    this.entries.length = 0;
    this.commit(index);
  }

  /**
   * The entry replaces the one at its index and all after it. One that does so at or below the base
   * was let go of itself since, so the log begins behind it. @throws RangeError for a gap.
   */
  append(entry: Entry): void {
    checkFollows(this.lastIndex, entry);
    if (entry.index <= this.base.index) {
      this.beginBehind(entry);
      return;
    }
    this.entries.length = entry.index - this.base.index - 1;
    this.entries.push(entry);
  }

  commit(index: LogIndex): void {
    this.commitIndex = Math.max(this.commitIndex, index);
  }

  /** Lets go of the entries up to there. */
  compact(upTo: LogIndex): void {
    const last = this.entries[upTo - this.base.index - 1];
    if (last === undefined) return;
    this.entries.splice(0, last.index - this.base.index);
    this.base = { index: last.index, term: last.term };
  }
}
