import type { CoreEvent } from '../core/event.js';
import type { Limits, Timing } from '../core/options.js';
import type { FaultEvent } from '../transport/faults/fault.js';
import type { SessionEvent } from './sessions/session-event.js';

/** What a node does with snapshots. */
export type SnapshotAttempt = 'take' | 'send' | 'receive' | 'restore' | 'compact';

/** What the runner adds to the core's story. */
export type RunnerEvent =
  | SessionEvent
  | FaultEvent
  | { readonly type: 'started'; readonly lastIndex: number; readonly term: number }
  /** The process had died in the middle of a write: what was cut from the end of the log. */
  | {
      readonly type: 'torn-write-cut';
      readonly file: string;
      readonly offset: number;
      readonly bytes: number;
    }
  | { readonly type: 'adopted'; readonly clusterId: string }
  /** A leader's cluster could not be stored, so its message was dropped. */
  | { readonly type: 'adoption-failed'; readonly clusterId: string; readonly error: string }
  /** The connection for this node's requests to the peer. */
  | { readonly type: 'peer-connected'; readonly peer: string }
  | { readonly type: 'peer-disconnected'; readonly peer: string; readonly error: string | null }
  /** The connection that brought the peer's requests closed. */
  | { readonly type: 'peer-lost'; readonly peer: string; readonly reason: string }
  /** Somebody who may not speak to this node tried to, or said nothing that it understands. */
  | { readonly type: 'connection-refused'; readonly remote: string; readonly reason: string }
  /** The disk refused a write. It is tried again until it succeeds. */
  | { readonly type: 'write-failed'; readonly error: string }
  /** A disk write has been under way for so long (milliseconds): until it ends, the disk counts as failed. */
  | { readonly type: 'disk-stalled'; readonly ms: number }
  /** The write that had stalled has ended after so long. */
  | { readonly type: 'disk-recovered'; readonly ms: number }
  /** So many messages wait for the disk that the oldest are lost until it catches up. */
  | { readonly type: 'outbox-full'; readonly held: number }
  /** Settings were changed while the node runs: these, to these values. */
  | {
      readonly type: 'reconfigured';
      readonly timing: Partial<Timing>;
      readonly limits: Partial<Limits>;
    }
  /** What tapped this node threw, and taps it no more. */
  | { readonly type: 'tap-failed'; readonly error: string }
  /** A dead server was removed after it had been silent for so long (milliseconds). */
  | { readonly type: 'autopilot-removed'; readonly peer: string; readonly silentMs: number }
  /** In a dry run: it would be removed. */
  | { readonly type: 'autopilot-would-remove'; readonly peer: string; readonly silentMs: number }
  | { readonly type: 'autopilot-failed'; readonly peer: string; readonly error: string }
  | {
      /** A snapshot of this node's own is durable. */
      readonly type: 'snapshot-taken';
      readonly index: number;
      readonly term: number;
      readonly bytes: number;
      readonly durationMs: number;
    }
  /** The state machine has taken over the state of the leader's snapshot. */
  | { readonly type: 'snapshot-restored'; readonly index: number }
  | {
      /** It is tried again: by this node later, or by the leader. */
      readonly type: 'snapshot-failed';
      readonly attempt: SnapshotAttempt;
      readonly error: string;
    }
  | { readonly type: 'stopping' }
  /** The state machine or the core threw: the node has stopped. */
  | { readonly type: 'failed'; readonly error: string };

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
