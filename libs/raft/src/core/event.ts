import type { PlacedConfiguration } from './configuration.js';
import type { StorageFault } from './disk-progress.js';
import type { LogIndex, NodeId, Term } from './entry.js';
import type { VoteRefusal } from './message.js';

/** What a node does at the moment (paper figure 4). A pre-candidate asks whether it could win. */
export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader';

/** Probing sends one message at a time; replicating pipelines; a snapshot brings what the log lacks. */
export type ProgressState = 'probe' | 'replicate' | 'snapshot';

/** Why a leader gave up. */
export type StepDownReason =
  'higher-term' | 'lost-quorum' | 'removed' | 'storage-fault' | 'transferred';

/** What happened in the core, in the words of Raft. Written for people: nothing depends on it. */
export type CoreEvent =
  | { readonly type: 'role-changed'; readonly role: Role; readonly term: Term }
  | { readonly type: 'leader-changed'; readonly leader: NodeId | null; readonly term: Term }
  | {
      /** No word from a leader in time, or another reason: this node will stand. */
      readonly type: 'election-timeout';
      readonly term: Term;
      readonly lastLeader: NodeId | null;
      readonly cause: 'timeout' | 'disconnected' | 'transfer' | 'asked';
    }
  | {
      readonly type: 'election-started';
      readonly term: Term;
      readonly preVote: boolean;
      /** The fewest votes that can win. */
      readonly votesNeeded: number;
    }
  | {
      /** A vote that came in for this candidate. */
      readonly type: 'vote-received';
      readonly from: NodeId;
      readonly term: Term;
      readonly preVote: boolean;
      readonly refusal: VoteRefusal | null;
      readonly tally: number;
      /** The tally with which it wins at the soonest; while joint, it may rise. */
      readonly votesNeeded: number;
    }
  | {
      /** This node's answer to a candidate. */
      readonly type: 'vote-cast';
      readonly candidate: NodeId;
      readonly term: Term;
      readonly preVote: boolean;
      readonly refusal: VoteRefusal | null;
    }
  | { readonly type: 'election-won'; readonly term: Term; readonly tally: number }
  | { readonly type: 'stepped-down'; readonly term: Term; readonly reason: StepDownReason }
  | {
      readonly type: 'configuration-changed';
      readonly configuration: PlacedConfiguration;
      readonly committed: boolean;
    }
  /** This node is no member any more: the configuration at `index`, which is committed, lacks it. */
  | { readonly type: 'removed'; readonly index: LogIndex }
  | { readonly type: 'replication-started'; readonly peer: NodeId; readonly next: LogIndex }
  | { readonly type: 'replication-stopped'; readonly peer: NodeId }
  | {
      readonly type: 'append-rejected';
      readonly peer: NodeId;
      readonly next: LogIndex;
    }
  | {
      readonly type: 'progress-changed';
      readonly peer: NodeId;
      readonly state: ProgressState;
      readonly next: LogIndex;
    }
  | {
      readonly type: 'log-truncated';
      readonly from: LogIndex;
      readonly to: LogIndex;
      readonly term: Term;
    }
  /** A snapshot stands for the entries up to here: the log begins behind them now. */
  | { readonly type: 'log-compacted'; readonly upTo: LogIndex }
  | {
      /** A follower needs entries that the log holds no more: it gets this snapshot. */
      readonly type: 'snapshot-sending';
      readonly peer: NodeId;
      readonly index: LogIndex;
      readonly bytes: number;
    }
  | { readonly type: 'snapshot-sent'; readonly peer: NodeId; readonly index: LogIndex }
  | {
      /** The leader sends this node a snapshot. */
      readonly type: 'snapshot-receiving';
      readonly peer: NodeId;
      readonly index: LogIndex;
      readonly bytes: number;
    }
  /** The leader's snapshot is durable: everything up to here is committed on this node. */
  | { readonly type: 'snapshot-installed'; readonly index: LogIndex; readonly term: Term }
  | { readonly type: 'transfer-started'; readonly to: NodeId }
  | { readonly type: 'transfer-ended'; readonly to: NodeId; readonly succeeded: boolean }
  | {
      /** A peer spoke under another incarnation than the configuration names: not counted. */
      readonly type: 'identity-mismatch';
      readonly peer: NodeId;
      readonly incarnation: string;
    }
  /** The disk takes no writes, or takes them again (null). */
  | { readonly type: 'storage-fault'; readonly fault: StorageFault | null }
  /** A message that no correct peer sends. It was ignored. */
  | { readonly type: 'bad-message'; readonly peer: NodeId; readonly reason: string };
