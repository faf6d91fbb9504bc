import type { LogIndex, NodeId, Term } from '../core/entry.js';
import type { Elections, Limits, Timing } from '../core/options.js';
import type { LogStore } from '../storage/log-store.js';
import type { SnapshotStore } from '../storage/snapshot-store.js';
import type { ResultCodec } from './sessions/kept-result.js';
import type { Transport } from '../transport/transport.js';
import type { AutopilotOptions } from './autopilot/options.js';
import type { StateMachine } from './state-machine.js';

/** A clock that never goes back, and a timer. */
export interface SteadyClock {
  /** Milliseconds. */
  now(): number;
  /** Calls `fire` once, later, unless the returned function is called first. */
  setTimer(delayMs: number, fire: () => void): () => void;
}

/** What a node knows of time. Real time by default; a simulation passes its own. */
export interface Clock extends SteadyClock {
  /** Milliseconds of the wall clock, which may be set, and goes on while the machine sleeps. */
  wall(): number;
}

/** What a node is made of. Each but `id`, `stateMachine`, `log` and `transport` has a default. */
export interface RaftNodeOptions<Result> {
  /** 1 to 63 of `A-Z a-z 0-9 . _ -`. */
  readonly id: NodeId;
  readonly stateMachine: StateMachine<Result>;
  /** How the results that sessions and idempotency keys keep stand in snapshots. Default JSON. */
  readonly results?: ResultCodec<Result>;
  readonly log: LogStore;
  /**
   * Where snapshots are kept. Needs `snapshot` and `restore` of the state machine; without all three
   * the log is kept whole.
   */
  readonly snapshots?: SnapshotStore;
  readonly transport: Transport;
  /**
   * Told to peers at the handshake and kept in the membership: an HTTP address, say. At most 4 KiB
   * as JSON. Default none.
   */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly timing?: Partial<Timing>;
  /** How this node takes part in elections. Nodes of one cluster may differ. */
  readonly elections?: Partial<Elections>;
  readonly limits?: Partial<Limits>;
  /**
   * Whether `lease` reads may go without a round of messages (thesis §6.4.1). To be the same on all
   * voters. They rest on clocks that differ by less than a tenth, and cost a quick election: while a
   * leader may count on them, voters wait a whole `electionMs[0]`, even where its connections break
   * or they have just been started. Lower `electionMs` only while it is off. Default false.
   */
  readonly leaseReads?: boolean;
  /** Lets the leader remove dead servers by itself. Default off. */
  readonly autopilot?: AutopilotOptions;
  readonly clock?: Clock;
  /** Draws election timeouts. Default `Math.random`. */
  readonly random?: () => number;
}

/** How long a call may take, and whether another node may serve it. */
export interface CallOptions {
  /** Ends the call with `aborted`, which says whether a write may have happened all the same. */
  readonly signal?: AbortSignal;
  /** The call settles within this time, give or take 50 ms. Default 5000. */
  readonly timeoutMs?: number;
  /** Whether a follower passes the request to its leader. Default true. */
  readonly forward?: boolean;
}

/** How a command is proposed. */
export interface ProposeOptions extends CallOptions {
  /**
   * Makes the command idempotent: under one key, 1 to 255 bytes of UTF-8, it is applied once, however
   * often it is proposed and at whichever node, and every call gets the first result and its place. So
   * this call also tries again by itself, within its time, when it does not know what became of a try.
   * The cluster keeps a key for about 24 hours, and of more than 100,000 forgets the oldest; from then
   * on the key is new. Default none.
   */
  readonly key?: string;
  /**
   * Called as soon as this node knows where the command stands in the leader's log, and again when it
   * comes to stand elsewhere. It may yet be replaced there: what becomes of it, the call itself tells.
   * What it throws, the call rejects with.
   */
  readonly placed?: ((index: LogIndex, term: Term) => void) | undefined;
}

/**
 * How fresh the state is that a read sees.
 *
 * - `linearizable`: every write acknowledged before the read began, proved by one round of messages
 *   for all reads that wait (thesis §6.4). At any node.
 * - `lease`: the same, without a message at a leader that holds a lease (thesis §6.4.1); as
 *   `linearizable` where leases are off or have run out, and at other nodes.
 * - `bounded`: everything that was committed `maxStaleMs` ago. Without a message, at any node that
 *   hears a leader with a majority behind it; others wait for one, and then get `stale`.
 * - `local`: whatever this node has, at once.
 */
export type Consistency = 'linearizable' | 'lease' | 'bounded' | 'local';

/** How fresh the state must be that a query runs on. */
export interface ReadOptions extends CallOptions {
  /** Default `linearizable`. */
  readonly consistency?: Consistency;
  /** For `bounded`: how old the state may be, by this node's clock. Default 1000. */
  readonly maxStaleMs?: number;
  /**
   * Waits, whatever the consistency, until this node has applied so far: the `index` of a write makes
   * that write seen at any node. Default 0.
   */
  readonly minIndex?: LogIndex;
}
