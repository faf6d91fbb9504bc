import type { ChangeRequest, Member } from './configuration.js';
import type { StorageFault } from './disk-progress.js';
import type { NewCommand, NodeId } from './entry.js';
import type { Message } from './message.js';
import type { Limits, Timing } from './options.js';
import type { SnapshotInfo } from './snapshot.js';

/** Everything that can happen to a node. `RaftCore.step` takes one at a time. */
export type Input =
  /** Time has reached `nextDeadline`. */
  | { readonly type: 'tick' }
  | {
      readonly type: 'message';
      readonly from: NodeId;
      /** The sender's incarnation, as its connection proved it. */
      readonly incarnation: string;
      readonly message: Message;
    }
  /** The connection from this peer closed: if it leads, it may be dead. */
  | { readonly type: 'peer-disconnected'; readonly peer: NodeId }
  /** This write, and every one before it, is durable. */
  | { readonly type: 'persisted'; readonly write: number }
  /** This write failed. The runner keeps it and tries again; `persisted` follows when it succeeds. */
  | {
      readonly type: 'persist-failed';
      readonly write: number;
      readonly fault: Exclude<StorageFault, 'stalled'>;
    }
  /** The write under way does not end. `persisted` or `persist-failed` follows when it does. */
  | { readonly type: 'disk-stalled' }
  /** The runner has saved a snapshot of this node's own state machine. */
  | { readonly type: 'snapshot-taken'; readonly snapshot: SnapshotInfo }
  /** A piece of a snapshot for a follower; null when it cannot be read. */
  | {
      readonly type: 'snapshot-read';
      readonly to: NodeId;
      readonly session: number;
      readonly snapshot: SnapshotInfo;
      readonly offset: number;
      readonly data: Uint8Array | null;
    }
  /**
   * Of the leader's snapshot, `received` bytes are kept, 0 after a failure. With the last piece it has
   * been checked and is durable as a whole, or `received` is 0 again.
   */
  | {
      readonly type: 'snapshot-stored';
      readonly snapshot: SnapshotInfo;
      readonly received: number;
    }
  /** Other timing and limits, already checked, count from now on. */
  | { readonly type: 'reconfigure'; readonly timing: Timing; readonly limits: Limits }
  /** Makes a blank node the first and only voter of a new cluster. */
  | { readonly type: 'bootstrap'; readonly id: number; readonly member: Member }
  | {
      readonly type: 'propose';
      readonly id: number;
      readonly commands: readonly NewCommand[];
      /** A follower may pass it to the leader. */
      readonly forward: boolean;
    }
  | {
      readonly type: 'read';
      readonly id: number;
      readonly forward: boolean;
      /** A leader may answer by its lease; where it has none, it proves itself as for any read. */
      readonly lease: boolean;
    }
  | {
      readonly type: 'change-membership';
      readonly id: number;
      readonly change: ChangeRequest;
      readonly forward: boolean;
    }
  /** Without `to` the core picks the voter whose log is furthest. */
  | { readonly type: 'transfer-leadership'; readonly id: number; readonly to: NodeId | null }
  /** Stand for election now. */
  | { readonly type: 'campaign'; readonly id: number };
