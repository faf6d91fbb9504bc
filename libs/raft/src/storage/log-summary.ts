import type { LogWrite } from '../core/effects.js';
import type { Entry, HardState, LogIndex } from '../core/entry.js';
import { noBase } from '../core/snapshot.js';
import type { LogBase } from '../core/snapshot.js';

/** A log without its entries, for one that goes on where it ended. */
export interface LogBefore {
  readonly hardState: HardState;
  /** The last entry, or what the log begins behind when it has none. */
  readonly last: LogBase;
}

/** What one has to know of a log to add to it. */
export interface LogSummary extends LogBefore {
  readonly commitIndex: LogIndex;
}

export const blankLog: LogSummary = {
  hardState: { term: 0, votedFor: null },
  last: noBase,
  commitIndex: 0,
};

/** The log after these writes. @throws RangeError when they would leave a gap. */
export function summaryAfter(before: LogSummary, batch: readonly LogWrite[]): LogSummary {
  let { hardState, last, commitIndex } = before;
  for (const write of batch) {
    hardState = write.hardState ?? hardState;
    last = write.base ?? last;
    for (const entry of write.entries) {
      checkFollows(last.index, entry);
      last = entry;
    }
    commitIndex = Math.max(commitIndex, write.commit, write.base?.index ?? 0);
  }
  return { hardState, last: { index: last.index, term: last.term }, commitIndex };
}

export function checkFollows(lastIndex: LogIndex, entry: Entry): void {
  if (entry.index < 1 || entry.index > lastIndex + 1) {
    throw new RangeError(`entry ${entry.index} cannot follow a log that ends at ${lastIndex}`);
  }
}
