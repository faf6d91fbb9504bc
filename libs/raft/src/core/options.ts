import type { Entry, HardState, LogIndex, NodeId } from './entry.js';
import type { LogBase, SnapshotInfo } from './snapshot.js';

/** Timing of elections and heartbeats (paper §5.6), in milliseconds. */
export interface Timing {
  /** How often a leader shows that it lives. Default 100. */
  readonly heartbeatMs: number;
  /** Each wait for a leader is drawn at random from here. Default [500, 1000]. */
  readonly electionMs: readonly [min: number, max: number];
  /**
   * A disk write that takes longer counts as a storage fault until it ends: the node takes no writes,
   * steps down and does not stand. Default twice the longest election timeout.
   */
  readonly stallMs: number;
}

/** How a node takes part in elections. Nodes of one cluster may differ. */
export interface Elections {
  /**
   * Ask first whether an election could be won, so that a node that was away deposes nobody (PreVote,
   * thesis §9.6). Default true.
   */
  readonly preVote: boolean;
  /**
   * 0 to 10: how soon this node stands when the leader is gone. Each step below 10 adds a tenth of
   * `electionMs[0]` to its first wait, so that others come first. With 0 it never stands by itself, unless
   * it is the only voter, but takes leadership when it is handed over; the cluster is then without a
   * leader where only such nodes could win. Default 10.
   */
  readonly priority: number;
}

/** Bounds on what a node keeps and sends. */
export interface Limits {
  /** Entries' bytes in one append request; one larger entry still goes alone. Default 1 MiB. */
  readonly maxAppendBytes: number;
  /** Entries in one append request. Default 1024. */
  readonly maxAppendEntries: number;
  /** Append requests on their way to one follower. Default 16. */
  readonly maxInflight: number;
  /** Entries' bytes on their way to one follower; the request that reaches it still goes. Default 16 MiB. */
  readonly maxInflightBytes: number;
  /** Bytes of entries that wait for commitment; beyond them proposals get `overloaded`. Default 64 MiB. */
  readonly maxUncommittedBytes: number;
  /** Reads and forwarded requests that wait at once; beyond them callers get `overloaded`. Default 65,536. */
  readonly maxWaiting: number;
  /** A snapshot is taken when so many entries have been applied since the last. Default 100,000. */
  readonly snapshotEntries: number;
  /** … or so many bytes of entries. Default 64 MiB. */
  readonly snapshotBytes: number;
  /**
   * Entries that the log keeps though a snapshot stands for them, so that a follower which is a bit
   * behind gets along without it; never more than `snapshotBytes` of them. Default 10,000.
   */
  readonly trailingEntries: number;
}

export const defaultTiming: Timing = { heartbeatMs: 100, electionMs: [500, 1000], stallMs: 2000 };

export const maxPriority = 10;

export const defaultElections: Elections = { preVote: true, priority: maxPriority };

/**
 * The window is modest on purpose: what waits in a deep pipeline waits in the follower's queue, and
 * every later entry behind it. It gains no throughput once disk and network are busy, and costs
 * latency (hashicorp/raft 1.5 went from 130 requests to 2 for that reason).
 */
export const defaultLimits: Limits = {
  maxAppendBytes: 1024 * 1024,
  maxAppendEntries: 1024,
  maxInflight: 16,
  maxInflightBytes: 16 * 1024 * 1024,
  maxUncommittedBytes: 64 * 1024 * 1024,
  maxWaiting: 65_536,
  snapshotEntries: 100_000,
  snapshotBytes: 64 * 1024 * 1024,
  trailingEntries: 10_000,
};

/** What may be changed while a node runs. */
export interface Tuning {
  readonly timing: Timing;
  readonly limits: Limits;
}

/** What a core starts from: who it is, what its disk holds, and the two things it may not find itself. */
export interface CoreOptions extends Tuning {
  readonly id: NodeId;
  readonly incarnation: string;
  readonly hardState: HardState;
  /** Where the stored log begins. */
  readonly base: LogBase;
  /** The entries behind `base`. */
  readonly entries: readonly Entry[];
  /** What was known to be committed when it was last written. */
  readonly commitIndex: LogIndex;
  /** The latest snapshot in the store; the state machine has been restored from it. */
  readonly snapshot: SnapshotInfo | null;
  readonly elections: Elections;
  /** Whether this node promises its leader to elect no other for a while, and leads by such promises. */
  readonly leaseReads: boolean;
  /** Draws election timeouts, from [0, 1). */
  readonly random: () => number;
  /** The time of the start, in the same milliseconds as every later step. */
  readonly now: number;
}
