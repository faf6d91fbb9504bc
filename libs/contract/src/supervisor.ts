import { z } from 'zod';

/** `paused` is SIGSTOP; `exited` also says how. */
export const ProcessState = z.enum(['starting', 'running', 'paused', 'stopping', 'exited']);
export type ProcessState = z.infer<typeof ProcessState>;

/** One node process of this machine. */
export const NodeProcess = z.object({
  id: z.string(),
  state: ProcessState,
  pid: z.number().int().nullable(),
  /** Its HTTP address. */
  url: z.string(),
  httpPort: z.number().int(),
  raftPort: z.number().int(),
  /** Wall clock, milliseconds since 1970, of the present or last start. */
  startedAt: z.number().nullable(),
  restarts: z.number().int(),
  exitCode: z.number().int().nullable(),
  exitSignal: z.string().nullable(),
  /** The last lines that it printed, oldest first. */
  log: z.array(z.string()),
});
export type NodeProcess = z.infer<typeof NodeProcess>;

export const ProcessList = z.object({ processes: z.array(NodeProcess) });
export type ProcessList = z.infer<typeof ProcessList>;

/**
 * `POST /api/nodes/{id}/{action}`: answers the process as it is then. `start` and `restart` answer
 * once the node does. `wipe` stops the node, empties its volume and leaves it stopped.
 */
export const ProcessAction = z.enum([
  'start',
  'stop',
  'kill',
  'pause',
  'resume',
  'restart',
  'wipe',
]);
export type ProcessAction = z.infer<typeof ProcessAction>;

/** `POST /api/nodes`: starts one more blank node; join it by `/join` at any node. */
export const AddNode = z.object({ id: z.string().optional() });
export type AddNode = z.infer<typeof AddNode>;

/** `GET /api/nodes/{id}/log?lines=`: the last lines that it printed, oldest first; 200 unless told. */
export const NodeLog = z.object({
  lines: z.array(z.string()),
  /** Lines that came before these, kept or not, since the supervisor began. */
  earlier: z.number().int(),
});
export type NodeLog = z.infer<typeof NodeLog>;

/** Lines of each node that the supervisor keeps. */
export const maxLogLines = 2000;

/** `GET /api/supervisor`: the supervisor itself. */
export const SupervisorInfo = z.object({
  pid: z.number().int(),
  version: z.string(),
  /** Wall clock, milliseconds since 1970. */
  startedAt: z.number(),
  /** Where the volumes and `cluster.json` lie. */
  dataDir: z.string(),
  /** So many nodes it runs at most. */
  maxNodes: z.number().int(),
});
export type SupervisorInfo = z.infer<typeof SupervisorInfo>;

/**
 * The events of the supervisor's socket.io connection: the whole list, at once and on change.
 * `DELETE /api/nodes/{id}` forgets a node that is stopped, with its volume, and answers the rest.
 */
export interface SupervisorToClient {
  processes: (list: ProcessList) => void;
  /** Once, before the first list. */
  supervisor: (info: SupervisorInfo) => void;
}
