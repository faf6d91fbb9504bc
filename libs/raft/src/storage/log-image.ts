import type { LogWrite } from '../core/effects.js';
import type { Entry, HardState, LogIndex } from '../core/entry.js';
import { type LogBase, noBase } from '../core/snapshot.js';

/** What the writes so far add up to. */
export class LogImage {
  hardState: HardState = { term: 0, votedFor: null };
  base: LogBase = noBase;
  commitIndex: LogIndex = 0;
  readonly entries: Entry[] = [];

  get lastIndex(): LogIndex {
    return this.base.index + this.entries.length;
  }

  /** @throws RangeError for a gap, with the writes before it applied. */
  apply(batch: readonly LogWrite[]): void {
    for (const write of batch) {
      this.hardState = write.hardState ?? this.hardState;
      if (write.base !== null) {
        this.base = write.base;
        this.entries.length = 0;
      }
      for (const entry of write.entries) this.append(entry);
      this.commitIndex = Math.max(this.commitIndex, write.commit);
    }
  }

  /** Lets go of the entries up to there. */
  compact(upTo: LogIndex): void {
    const last = this.entries[upTo - this.base.index - 1];
    if (last === undefined) return;
    this.entries.splice(0, upTo - this.base.index);
    this.base = { index: last.index, term: last.term };
  }

  /** The entry replaces the one at its index and all after it. @throws RangeError for a gap. */
  append(entry: Entry): void {
    checkFollows(this.lastIndex, entry);
    this.entries.length = entry.index - this.base.index - 1;
    this.entries.push(entry);
  }
}

/** The last index after these writes. @throws RangeError when they would leave a gap. */
export function lastIndexAfter(lastIndex: LogIndex, batch: readonly LogWrite[]): LogIndex {
  let last = lastIndex;
  for (const write of batch) {
    last = write.base?.index ?? last;
    for (const entry of write.entries) {
      checkFollows(last, entry);
      last = entry.index;
    }
  }
  return last;
}

function checkFollows(lastIndex: LogIndex, entry: Entry): void {
  if (entry.index < 1 || entry.index > lastIndex + 1) {
    throw new RangeError(`entry ${entry.index} cannot follow a log that ends at ${lastIndex}`);
  }
}
