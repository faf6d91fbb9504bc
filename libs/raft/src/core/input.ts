import type { Member, MembershipChange } from './configuration.js';
import type { NodeId } from './entry.js';
import type { Message } from './message.js';

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
  | { readonly type: 'persist-failed'; readonly write: number }
  /** Makes a blank node the first and only voter of a new cluster. */
  | { readonly type: 'bootstrap'; readonly id: number; readonly member: Member }
  | {
      readonly type: 'propose';
      readonly id: number;
      readonly commands: readonly Uint8Array[];
      /** A follower may pass it to the leader. */
      readonly forward: boolean;
    }
  | { readonly type: 'read'; readonly id: number; readonly forward: boolean }
  | {
      readonly type: 'change-membership';
      readonly id: number;
      readonly change: MembershipChange;
      readonly forward: boolean;
    }
  /** Without `to` the core picks the voter whose log is furthest. */
  | { readonly type: 'transfer-leadership'; readonly id: number; readonly to: NodeId | null };
