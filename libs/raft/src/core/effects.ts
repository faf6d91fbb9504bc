import type { Entry, HardState, LogIndex, Term } from './entry.js';
import type { CoreEvent } from './event.js';
import type { Outbound, Refusal } from './message.js';
import type { LogBase, SnapshotTask } from './snapshot.js';

/**
 * One write to the log store. Entries that start at or below the last index replace what stood
 * there: a log is what a replay of its writes says.
 */
export interface LogWrite {
  /** Rises by one with every write of this core. */
  readonly id: number;
  /** Term and vote, when they changed: one record with the entries, one sync (paper figure 2). */
  readonly hardState: HardState | null;
  /** The log begins anew behind this entry, empty: a snapshot from the leader has replaced it (paper figure 13). */
  readonly base: LogBase | null;
  /** What is known to be committed, for a quick start. Never a reason to write. */
  readonly commit: LogIndex;
  readonly entries: readonly Entry[];
}

/** What became of a caller's request, told once. */
export type Answer =
  /**
   * The commands of proposal `id` (or its one configuration entry) stand at `index` … in `term`. They
   * are committed if, and only if, an entry of that term is applied there.
   */
  | {
      readonly type: 'appended';
      readonly id: number;
      readonly index: LogIndex;
      readonly term: Term;
    }
  /** The state machine answers read `id` once it has applied up to `index` (thesis §6.4). */
  | { readonly type: 'readable'; readonly id: number; readonly index: LogIndex }
  | { readonly type: 'done'; readonly id: number }
  /** Nothing of the request happened or will happen. */
  | { readonly type: 'refused'; readonly id: number; readonly refusal: Refusal };

/** What must happen now, in this order, as the outcome of one step. */
export interface Effects {
  write: LogWrite | null;
  messages: Outbound[];
  snapshots: SnapshotTask[];
  /** Newly committed entries, in order, each told once. */
  committed: readonly Entry[];
  answers: Answer[];
  events: CoreEvent[];
}
