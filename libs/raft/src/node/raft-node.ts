import type { NodeId } from '../core/entry.js';
import type { DroppedEvents, RaftEvent } from './event.js';
import type { CallOptions, RaftNodeOptions, ReadOptions } from './options.js';
import type { RaftStatus } from './status.js';

/** A committed and applied command. */
export interface Proposed<Result> {
  readonly index: number;
  readonly term: number;
  readonly result: Result;
}

/** A member to add. The rest of what a cluster must know of it, its handshake tells. */
export interface NewMember {
  readonly id: NodeId;
  /** `host:port` of its peer port. */
  readonly address: string;
  /** Stay a learner instead of being promoted once caught up. Default false. */
  readonly learner?: boolean;
}

export interface MembershipChanged {
  /** Index of the committed configuration. */
  readonly index: number;
  readonly term: number;
}

/** Changes of the membership, one server at a time (thesis §4.2). Each resolves once committed. */
export interface Membership {
  /** Idempotent: adding a member that is one already, unchanged, resolves with the present index. */
  add(member: NewMember, options?: CallOptions): Promise<MembershipChanged>;
  promote(id: NodeId, options?: CallOptions): Promise<MembershipChanged>;
  demote(id: NodeId, options?: CallOptions): Promise<MembershipChanged>;
  remove(id: NodeId, options?: CallOptions): Promise<MembershipChanged>;
}

/** One member of a Raft cluster: a core, run on real time, disk and network. */
export interface RaftNode<Result> extends AsyncDisposable {
  readonly status: RaftStatus;
  readonly membership: Membership;
  /** Makes this blank node the first voter of a new cluster. */
  bootstrap(options?: CallOptions): Promise<void>;
  /** Resolves once the command is committed and applied on this node. */
  propose(command: Uint8Array, options?: CallOptions): Promise<Proposed<Result>>;
  /** Runs `query` on the state machine once the state is as fresh as asked for. */
  read<T>(query: () => T, options?: ReadOptions): Promise<T>;
  /** Hands leadership to `to`, or to the voter that is furthest. Resolves when another leads. */
  transferLeadership(to?: NodeId, options?: CallOptions): Promise<void>;
  /** The latest status, at once and whenever it has changed; a slow reader skips, never queues. */
  watch(options?: { readonly signal?: AbortSignal }): AsyncIterable<RaftStatus>;
  /** Events from `since` (a `seq`; default: from now on), bounded: gaps are told as `dropped`. */
  events(options?: {
    readonly signal?: AbortSignal;
    readonly since?: number;
  }): AsyncIterable<RaftEvent | DroppedEvents>;
  /** Hands over leadership where it can, settles every open call, closes log and connections. */
  close(): Promise<void>;
}

/** Opens a node on its volume. @throws StorageError, RaftError `invalid-argument` */
export declare function openNode<Result>(
  options: RaftNodeOptions<Result>,
): Promise<RaftNode<Result>>;
