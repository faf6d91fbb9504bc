import type { PlacedConfiguration } from './configuration.js';
import type { LogIndex, NodeId, Term } from './entry.js';

/** The last entry that a log does not hold any more; index 0 when it holds all. */
export interface LogBase {
  readonly index: LogIndex;
  readonly term: Term;
}

export const noBase: LogBase = { index: 0, term: 0 };

/**
 * What a snapshot stands for (paper §7): the state after the entry at `index`, and the configuration
 * in force there with its own index, all of one instant.
 */
export interface SnapshotMeta extends LogBase {
  readonly configuration: PlacedConfiguration;
}

/** A snapshot as it stands in a store. Two nodes' snapshots at one index may differ in their bytes. */
export interface SnapshotInfo extends SnapshotMeta {
  /** Names these very bytes, so that a transfer that broke can be taken up again. */
  readonly id: string;
  /** Size of the whole, as it is sent to a follower. */
  readonly bytes: number;
}

/** A leader's snapshot, on its way into this follower's store. */
export interface Installing {
  readonly snapshot: SnapshotInfo;
  /** Who sends it, and in which stream: there the answers go. */
  readonly from: NodeId;
  readonly session: number;
  /** How much of it the store holds. */
  readonly received: number;
  /** Where the piece begins that the store is busy with; null when it is idle. */
  readonly storing: number | null;
}

/** What the runner is to do with snapshots, in this order, as the outcome of one step. */
export type SnapshotTask =
  /** Read a piece of a snapshot for a follower. The input `snapshot-read` answers. */
  | {
      readonly type: 'read';
      readonly to: NodeId;
      readonly session: number;
      readonly snapshot: SnapshotInfo;
      readonly offset: number;
    }
  /** Keep a piece of the leader's snapshot. The input `snapshot-stored` answers. */
  | {
      readonly type: 'store';
      readonly snapshot: SnapshotInfo;
      readonly offset: number;
      readonly data: Uint8Array;
    }
  /** The state machine takes over the state of this snapshot. Entries behind it follow as `committed`. */
  | { readonly type: 'restore'; readonly snapshot: SnapshotInfo }
  /** A snapshot covers these entries and nobody needs them: the store may let go of them. */
  | { readonly type: 'compact'; readonly upTo: LogIndex };
