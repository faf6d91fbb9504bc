import type { ChangeRequest } from './configuration.js';
import type { Entry, LogIndex, NewCommand, NodeId, Term } from './entry.js';
import type { SnapshotInfo } from './snapshot.js';

/** RequestVote (paper figure 2), and its trial run that raises no term (PreVote, thesis §9.6). */
export interface VoteRequest {
  readonly type: 'vote-request';
  readonly term: Term;
  readonly preVote: boolean;
  /**
   * Set by the target of a leadership transfer, and where somebody has asked for an election: voters
   * that still hear the old leader must answer.
   */
  readonly transfer: boolean;
  readonly lastIndex: LogIndex;
  readonly lastTerm: Term;
}

/** Why a vote was refused, for the people who watch. */
export type VoteRefusal =
  | 'stale-term'
  | 'already-voted'
  | 'log-behind'
  | 'leader-alive'
  | 'blank'
  /** The candidate has been removed from the cluster: it need not ask again. */
  | 'not-a-member';

/** A vote, or why there is none (paper figure 2). */
export interface VoteResponse {
  readonly type: 'vote-response';
  /** The voter's term; for a granted pre-vote the term that was asked for. */
  readonly term: Term;
  readonly preVote: boolean;
  /** null when the vote is granted. */
  readonly refusal: VoteRefusal | null;
  /** With `not-a-member`: the committed configuration that lacks the candidate. 0 otherwise. */
  readonly configurationIndex: LogIndex;
}

/** AppendEntries (paper figure 2). */
export interface AppendRequest {
  readonly type: 'append-request';
  readonly term: Term;
  /** Names the leader's replication stream; an answer from an earlier stream is stale. */
  readonly session: number;
  readonly prevIndex: LogIndex;
  readonly prevTerm: Term;
  readonly entries: readonly Entry[];
  readonly commit: LogIndex;
}

/** What a follower holds of its leader's log, or where the two part (paper §5.3). */
export interface AppendResponse {
  readonly type: 'append-response';
  readonly term: Term;
  readonly session: number;
  /** The last index known to equal the leader's log and to be durable; null when refused. */
  readonly match: LogIndex | null;
  /**
   * On refusal: the request's `prevIndex`, and where the follower's log may agree. `conflictTerm` is
   * the term of the follower's entry at `conflictIndex` (paper §5.3, fast back-up).
   */
  readonly rejectedIndex: LogIndex;
  readonly conflictIndex: LogIndex;
  readonly conflictTerm: Term;
}

/** Keeps authority, spreads the commit index, and proves leadership for reads (thesis §6.4). */
export interface Heartbeat {
  readonly type: 'heartbeat';
  readonly term: Term;
  readonly session: number;
  readonly commit: LogIndex;
  /** Rises with every round of reads; an answer confirms only reads up to its own position. */
  readonly readPosition: number;
  /** The leader's lease clock, in whole milliseconds, rounded down: a lease counts from here. */
  readonly sentAt: number;
  /** The follower's own lease clock, as its last answer told it; 0 for none. */
  readonly echo: number;
  /** What anybody had committed `quorumAgeMs` before this was sent stands up to here; 0: not known. */
  readonly known: LogIndex;
  readonly quorumAgeMs: number;
}

/** The follower takes the sender for its leader, as of that heartbeat. */
export interface HeartbeatResponse {
  readonly type: 'heartbeat-response';
  readonly term: Term;
  readonly session: number;
  readonly readPosition: number;
  /** The heartbeat's `sentAt`. */
  readonly sentAt: number;
  /** For so long from its arrival on, this node votes for nobody else; 0 for no such promise. */
  readonly holdMs: number;
  /** This node's lease clock, in whole milliseconds, rounded down; to be echoed. */
  readonly clock: number;
}

/** InstallSnapshot (paper figure 13), one piece: for a follower that needs what the log holds no more. */
export interface SnapshotRequest {
  readonly type: 'snapshot-request';
  readonly term: Term;
  /** Names the leader's replication stream, as in an append request. */
  readonly session: number;
  readonly snapshot: SnapshotInfo;
  readonly offset: number;
  readonly data: Uint8Array;
}

/** How much of the snapshot the follower keeps, and whether it has taken it over. */
export interface SnapshotResponse {
  readonly type: 'snapshot-response';
  readonly term: Term;
  readonly session: number;
  /** The snapshot's. */
  readonly index: LogIndex;
  /** Bytes of the snapshot that the follower holds: the next piece is to begin there. */
  readonly received: number;
  /** The follower durably has everything up to `index`, by this snapshot or without it. */
  readonly done: boolean;
}

/** The leader tells its chosen successor to stand at once (thesis §3.10). */
export interface TimeoutNow {
  readonly type: 'timeout-now';
  readonly term: Term;
  /** The target needs at least this log to win. */
  readonly lastIndex: LogIndex;
}

/** Why a request was not taken. Nothing of a refused request is ever applied. */
export type Refusal =
  | 'not-leader'
  | 'no-leader'
  | 'not-bootstrapped'
  | 'already-bootstrapped'
  | 'transfer-in-progress'
  | 'transfer-target-unfit'
  | 'transfer-timed-out'
  | 'change-in-progress'
  | 'configuration-changed'
  | 'leader-not-ready'
  | 'not-a-voter'
  | 'unknown-member'
  | 'last-voter'
  | 'id-in-use'
  | 'address-in-use'
  | 'removed'
  | 'overloaded'
  | 'leadership-lost'
  | 'storage-fault';

/** A follower hands its callers' commands to the leader: one hop, never passed on. */
export interface ProposeRequest {
  readonly type: 'propose-request';
  readonly term: Term;
  readonly id: number;
  readonly commands: readonly NewCommand[];
}

/** Where the commands stand in the log now; whether they stay there, the log itself will tell. */
export interface ProposeResponse {
  readonly type: 'propose-response';
  readonly term: Term;
  readonly id: number;
  readonly refusal: Refusal | null;
  readonly index: LogIndex;
  /** Term of the entries. */
  readonly entryTerm: Term;
}

/** A follower asks for a read index (thesis §6.4). */
export interface ReadRequest {
  readonly type: 'read-request';
  readonly term: Term;
  readonly id: number;
}

/** From which index on the follower may answer, or why it may not. */
export interface ReadResponse {
  readonly type: 'read-response';
  readonly term: Term;
  readonly id: number;
  readonly refusal: Refusal | null;
  readonly index: LogIndex;
}

/** A follower hands a change of the membership to the leader: one hop. */
export interface MembershipRequest {
  readonly type: 'membership-request';
  readonly term: Term;
  readonly id: number;
  readonly change: ChangeRequest;
}

/** Where the changed configuration stands in the log, or why there is none. */
export interface MembershipResponse {
  readonly type: 'membership-response';
  readonly term: Term;
  readonly id: number;
  readonly refusal: Refusal | null;
  readonly index: LogIndex;
  readonly entryTerm: Term;
}

/** Everything that one node says to another. Who said it, the connection knows. */
export type Message =
  | VoteRequest
  | VoteResponse
  | AppendRequest
  | AppendResponse
  | Heartbeat
  | HeartbeatResponse
  | SnapshotRequest
  | SnapshotResponse
  | TimeoutNow
  | ProposeRequest
  | ProposeResponse
  | ReadRequest
  | ReadResponse
  | MembershipRequest
  | MembershipResponse;

/** What tells one kind of message from another. */
export type MessageType = Message['type'];

/** Answers travel back on the connection that brought the request. */
export function isResponse(message: Message): boolean {
  return message.type.endsWith('-response');
}

/** A message to a node; it leaves once the disk write that it rests on is durable (0: at once). */
export interface Outbound {
  readonly to: NodeId;
  readonly message: Message;
  readonly after: number;
}
