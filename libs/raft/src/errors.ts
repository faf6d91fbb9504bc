import type { NodeId } from './core/entry.js';

/**
 * Whether the caller's write may have happened. `not-applied` is a promise: it did not and it never
 * will. `unknown` means that it may have happened, or may still.
 */
export type Outcome = 'not-applied' | 'unknown';

/** The leader as far as this node knows, for a caller that wants to go there itself. */
export interface LeaderHint {
  readonly id: NodeId;
  /** `host:port` of its peer port; empty while this node has not received the leader's membership. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What kind of failure it is. The message says it in words, with what to do. */
export type RaftErrorCode =
  | 'not-leader'
  | 'no-leader'
  | 'not-bootstrapped'
  | 'already-bootstrapped'
  | 'transfer-in-progress'
  | 'transfer-failed'
  | 'change-in-progress'
  | 'configuration-changed'
  | 'address-in-use'
  | 'removed'
  | 'not-a-voter'
  | 'unknown-member'
  | 'last-voter'
  | 'overloaded'
  | 'leadership-lost'
  | 'session-expired'
  | 'session-sequence'
  | 'key-reused'
  | 'older-member'
  | 'deadline'
  | 'stale'
  | 'aborted'
  | 'storage-fault'
  | 'peer-unreachable'
  | 'peer-mismatch'
  | 'cluster-mismatch'
  | 'stopped'
  | 'invalid-argument';

/** What a failure means for the caller. */
export interface RaftErrorDetails {
  readonly outcome: Outcome;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  readonly leader?: LeaderHint | null;
  readonly cause?: unknown;
}

/** Every failure of a call on a node. `code` names it, `outcome` says whether a write may have happened. */
export class RaftError extends Error {
  readonly code: RaftErrorCode;
  readonly outcome: Outcome;
  readonly retryable: boolean;
  readonly leader: LeaderHint | null;

  constructor(code: RaftErrorCode, message: string, details: RaftErrorDetails) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'RaftError';
    this.code = code;
    this.outcome = details.outcome;
    this.retryable = details.retryable;
    this.leader = details.leader ?? null;
  }
}

/**
 * What is wrong with a volume: another process has it, it is another node's, its bytes are not what was
 * written, the disk is full, or the system refuses for another reason.
 */
export type StorageErrorCode = 'in-use' | 'foreign' | 'corrupt' | 'full' | 'failed';

/** A failure of a volume. The message names the file, and for damage the offset. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'StorageError';
    this.code = code;
  }
}
