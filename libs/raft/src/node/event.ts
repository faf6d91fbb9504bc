import type { CoreEvent } from '../core/event.js';

/** What the runner adds to the core's story. */
export type RunnerEvent =
  | { readonly type: 'started'; readonly lastIndex: number; readonly term: number }
  | { readonly type: 'adopted'; readonly clusterId: string }
  | { readonly type: 'peer-connected'; readonly peer: string }
  | { readonly type: 'peer-disconnected'; readonly peer: string; readonly error: string | null }
  | { readonly type: 'stopping' };

/**
 * One thing that happened on this node. `seq` rises by one with each, so a reader can tell a gap;
 * `at` is milliseconds of a clock that never goes back, `time` the wall clock's for people.
 */
export type RaftEvent = (CoreEvent | RunnerEvent) & {
  readonly seq: number;
  readonly at: number;
  readonly time: number;
};

/** Stands where events were dropped because the reader was too slow or came too late. */
export interface DroppedEvents {
  readonly type: 'dropped';
  readonly count: number;
}
