import { z } from 'zod';
import { Leader } from './error.js';
import { Fault } from './faults.js';
import { MetricsSample } from './metrics.js';
import { Index, Term } from './numbers.js';
import { TraceBatch } from './trace.js';

export const nodeIdPattern = /^[A-Za-z0-9._-]{1,63}$/;

export const Role = z.enum(['follower', 'pre-candidate', 'candidate', 'leader']);
export type Role = z.infer<typeof Role>;

export const Member = z.object({
  id: z.string(),
  /** Where peers reach it, `host:port`. */
  address: z.string(),
  role: z.enum(['voter', 'learner']),
  url: z.string().nullable(),
});
export type Member = z.infer<typeof Member>;

/** A snapshot on its way to a follower: what it holds of it, of so many bytes. */
export const SnapshotTransfer = z.object({
  index: Index,
  receivedBytes: z.number().int(),
  bytes: z.number().int(),
});
export type SnapshotTransfer = z.infer<typeof SnapshotTransfer>;

export const Progress = z.object({
  id: z.string(),
  state: z.enum(['probe', 'replicate', 'snapshot']),
  match: Index,
  next: Index,
  inflight: z.number().int(),
  snapshot: SnapshotTransfer.nullable(),
  lastContactMs: z.number().nullable(),
});
export type Progress = z.infer<typeof Progress>;

export const Connection = z.object({
  id: z.string(),
  connected: z.boolean(),
  error: z.string().nullable(),
  /** The version of the peer protocol that was agreed; null while none is. */
  protocol: z.number().int().nullable(),
});
export type Connection = z.infer<typeof Connection>;

/** What a node knows about itself: `GET /status`, and the whole of every status frame. */
export const NodeStatus = z.object({
  id: z.string(),
  /** null on a blank node. */
  clusterId: z.string().nullable(),
  role: Role,
  term: Term,
  votedFor: z.string().nullable(),
  leader: Leader.nullable(),
  firstIndex: Index,
  lastIndex: Index,
  lastTerm: Term,
  commitIndex: Index,
  appliedIndex: Index,
  durableIndex: Index,
  members: z.array(Member),
  /** While two configurations are in force (thesis §4.3): the whole old list. */
  outgoing: z.array(Member).nullable(),
  /** Index of the configuration that `members` comes from, and whether it is committed. */
  configurationIndex: Index,
  configurationCommitted: z.boolean(),
  leaderContactMs: z.number().nullable(),
  electionInMs: z.number().nullable(),
  /** The followers of a leader; empty elsewhere. */
  peers: z.array(Progress),
  connections: z.array(Connection),
  /** To whom a leader is handing over at the moment. */
  transferTo: z.string().nullable(),
  /** The drawing of election timeouts, and the leader's beat, ms. */
  timing: z.object({
    electionMs: z.tuple([z.number(), z.number()]),
    heartbeatMs: z.number(),
  }),
  /** Index of the latest snapshot in this node's store; 0 for none. */
  snapshotIndex: Index,
  /** The leader's snapshot that it is receiving. */
  installing: SnapshotTransfer.nullable(),
  /** Clients' sessions that are open. */
  sessions: z.number().int(),
  /** Faults injected between this node and its peers; null on a node without `QUORATE_CHAOS=on`. */
  faults: z.array(Fault).nullable(),
  /** Whether the cluster has removed this node: it stands quiet until it is added again. */
  removed: z.boolean().default(false),
  /** Why the disk takes no writes; null when it does. */
  storageFault: z.enum(['full', 'failed', 'stalled']).nullable(),
  keys: z.number().int(),
});
export type NodeStatus = z.infer<typeof NodeStatus>;

/** Answer of `POST /election`: the term that the node stands for. Whether it wins, its events tell. */
export const ElectionStarted = z.object({ term: Term });
export type ElectionStarted = z.infer<typeof ElectionStarted>;

/** One thing that happened on a node. `seq` rises by one on each node, so a gap shows. */
export const NodeEvent = z.looseObject({
  seq: z.number().int(),
  /** Milliseconds of the node's monotonic clock. */
  at: z.number(),
  /** Wall clock, milliseconds since 1970. */
  time: z.number(),
  type: z.string(),
  /** The same in a sentence. */
  text: z.string(),
});
export type NodeEvent = z.infer<typeof NodeEvent>;

/**
 * The node's monotonic clock beside those of its neighbours: `at + origin` is milliseconds of the
 * machine's own clock, the same for every process of one machine.
 */
export const NodeClock = z.object({
  /** Names one boot of one machine. */
  machine: z.string(),
  origin: z.number(),
});
export type NodeClock = z.infer<typeof NodeClock>;

/** Sent volatile and whole, at most 20 a second: a reader may miss any of them. */
export const StatusFrame = z.object({
  /** Names one run of the process: `seq` of events starts anew with each. */
  run: z.string(),
  frame: z.number().int(),
  /** Milliseconds of the node's monotonic clock. */
  at: z.number(),
  /** Wall clock at the same moment, milliseconds since 1970. */
  time: z.number(),
  clock: NodeClock,
  status: NodeStatus,
});
export type StatusFrame = z.infer<typeof StatusFrame>;

/** Sent reliably, in order, batched. `dropped` counts events that the node no longer had. */
export const EventBatch = z.object({
  run: z.string(),
  dropped: z.number().int(),
  events: z.array(NodeEvent),
});
export type EventBatch = z.infer<typeof EventBatch>;

/** A reader says what it has, and gets what came after it; another `run` starts from the oldest kept. */
export const Resume = z.object({ run: z.string().nullable(), seq: z.number().int() });
export type Resume = z.infer<typeof Resume>;

/** Keys that were written since the last such message, of those that a reader asked for. */
export const KeysChanged = z.object({
  /** Everything up to here is told. */
  index: Index,
  /** The latest change of each key, the newest last; null when they were too many to be named. */
  changes: z
    .array(
      z.object({
        key: z.string(),
        index: Index,
        /** Of its value; null when it was removed. */
        bytes: z.number().int().nullable(),
      }),
    )
    .nullable(),
});
export type KeysChanged = z.infer<typeof KeysChanged>;

/** The events of a node's socket.io connection (path `/socket.io`, websocket only). */
export interface NodeToClient {
  status: (frame: StatusFrame) => void;
  events: (batch: EventBatch) => void;
  /** Once a second. */
  metrics: (sample: MetricsSample) => void;
  trace: (batch: TraceBatch) => void;
  keys: (changed: KeysChanged) => void;
}
export interface ClientToNode {
  /** Send it first: nothing is streamed before. Status, events and metrics follow. */
  resume: (resume: Resume) => void;
  /** Whether to send the trace too. It costs the node something, and nothing while nobody asks. */
  trace: (on: boolean) => void;
  /** Tell changes of keys with this prefix, at most four times a second; null: no more. */
  keys: (prefix: string | null) => void;
}
