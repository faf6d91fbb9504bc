import { z } from 'zod';
import { Leader } from './error.js';

const Index = z.number().int().nonnegative();
const Term = z.number().int().nonnegative();

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

export const Progress = z.object({
  id: z.string(),
  state: z.enum(['probe', 'replicate', 'snapshot']),
  match: Index,
  next: Index,
  inflight: z.number().int(),
  /** The snapshot that it is being sent: what it holds of it, of so many bytes. */
  snapshot: z
    .object({ index: Index, receivedBytes: z.number().int(), bytes: z.number().int() })
    .nullable(),
  lastContactMs: z.number().nullable(),
});
export type Progress = z.infer<typeof Progress>;

export const Connection = z.object({
  id: z.string(),
  connected: z.boolean(),
  error: z.string().nullable(),
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
  /** Index of the configuration that `members` comes from, and whether it is committed. */
  configurationIndex: Index,
  configurationCommitted: z.boolean(),
  leaderContactMs: z.number().nullable(),
  electionInMs: z.number().nullable(),
  /** The followers of a leader; empty elsewhere. */
  peers: z.array(Progress),
  connections: z.array(Connection),
  /** Whether the cluster has removed this node: it stands quiet until it is added again. */
  removed: z.boolean().default(false),
  /** Why the disk takes no writes; null when it does. */
  storageFault: z.enum(['full', 'failed', 'stalled']).nullable(),
  keys: z.number().int(),
});
export type NodeStatus = z.infer<typeof NodeStatus>;

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

/** Sent volatile and whole, at most 20 a second: a reader may miss any of them. */
export const StatusFrame = z.object({
  /** Names one run of the process: `seq` of events starts anew with each. */
  run: z.string(),
  frame: z.number().int(),
  /** Milliseconds of the node's monotonic clock. */
  at: z.number(),
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

/** The events of a node's socket.io connection (path `/socket.io`, websocket only). */
export interface NodeToClient {
  status: (frame: StatusFrame) => void;
  events: (batch: EventBatch) => void;
}
export interface ClientToNode {
  /** Send it first: nothing is streamed before. */
  resume: (resume: Resume) => void;
}
