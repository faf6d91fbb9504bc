import type { LogWrite } from '../core/effects.js';
import type { Entry, HardState, LogIndex } from '../core/entry.js';

/** What the writes so far add up to. */
export class LogImage {
  hardState: HardState = { term: 0, votedFor: null };
  readonly entries: Entry[] = [];

  get lastIndex(): LogIndex {
    return this.entries.length;
  }

  /** @throws RangeError for a gap, with the writes before it applied. */
  apply(batch: readonly LogWrite[]): void {
    for (const write of batch) {
      this.hardState = write.hardState ?? this.hardState;
      for (const entry of write.entries) this.append(entry);
    }
  }

  /** The entry replaces the one at its index and all after it. @throws RangeError for a gap. */
  append(entry: Entry): void {
    checkFollows(this.lastIndex, entry);
    this.entries.length = entry.index - 1;
    this.entries.push(entry);
  }
}

/** The last index after these writes. @throws RangeError when they would leave a gap. */
export function lastIndexAfter(lastIndex: LogIndex, batch: readonly LogWrite[]): LogIndex {
  let last = lastIndex;
  for (const write of batch) {
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
