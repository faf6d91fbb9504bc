import type { PlacedConfiguration } from './configuration.js';
import type { StorageFault } from './disk-progress.js';
import type { LogIndex, NodeId, Term } from './entry.js';
import type { ProgressState, Role } from './event.js';
import type { Timing } from './options.js';

/** A snapshot on its way from a leader to a follower. */
export interface SnapshotTransfer {
  readonly index: LogIndex;
  /** What the follower holds of it. */
  readonly receivedBytes: number;
  readonly bytes: number;
}

/** How far a follower is, as its leader sees it (paper figure 2: matchIndex, nextIndex). */
export interface PeerProgress {
  readonly id: NodeId;
  readonly state: ProgressState;
  readonly match: LogIndex;
  readonly next: LogIndex;
  /** Append requests on their way, unanswered. */
  readonly inflight: number;
  /** What it is being sent in place of entries that the log holds no more. */
  readonly snapshot: SnapshotTransfer | null;
  /** Milliseconds since the last word from it; null for "never in this term". */
  readonly lastContactMs: number | null;
}

/** What a core knows about itself, at one instant. */
export interface CoreStatus {
  readonly id: NodeId;
  readonly role: Role;
  readonly term: Term;
  readonly votedFor: NodeId | null;
  readonly leader: NodeId | null;
  readonly configuration: PlacedConfiguration;
  /** Whether the entry of `configuration` is committed. */
  readonly configurationCommitted: boolean;
  readonly firstIndex: LogIndex;
  readonly lastIndex: LogIndex;
  readonly lastTerm: Term;
  readonly commitIndex: LogIndex;
  /** Up to here this node's own disk holds the log. */
  readonly durableIndex: LogIndex;
  /** Milliseconds since the leader was last heard; null on a leader and where none was ever heard. */
  readonly leaderContactMs: number | null;
  /** Milliseconds until this node would stand for election; null where it would not, and on a leader. */
  readonly electionInMs: number | null;
  /** Where this node leads: its followers. Empty otherwise. */
  readonly peers: readonly PeerProgress[];
  /** To whom it hands its leadership over at the moment. */
  readonly transferTo: NodeId | null;
  /** The timing that is in force. */
  readonly timing: Timing;
  /** This node has been removed from the cluster: it stands quiet until it is added again. */
  readonly removed: boolean;
  /** The leader's snapshot that this node is receiving. */
  readonly installing: SnapshotTransfer | null;
  /** Index of the latest snapshot in this node's store; 0 for none. */
  readonly snapshotIndex: LogIndex;
  /** Why the disk takes no writes: until one succeeds, this node takes none and does not lead. */
  readonly storageFault: StorageFault | null;
}
