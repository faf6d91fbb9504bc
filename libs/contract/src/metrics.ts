import { z } from 'zod';

/** Milliseconds; null when nothing was measured in the time. */
const Quantiles = z.object({ p50: z.number().nullable(), p99: z.number().nullable() });

/** What a node did in the last second or so, as rates, and its queues and process now. */
export const MetricsSample = z.object({
  run: z.string(),
  /** Milliseconds of the node's monotonic clock, at the end of the time. */
  at: z.number(),
  /** Wall clock, milliseconds since 1970. */
  time: z.number(),
  /** How long the time was. */
  overMs: z.number(),
  /** Proposals of this node's own clients, a second: committed and applied, and failed. */
  writes: z.object({ rate: z.number(), failed: z.number(), latency: Quantiles }),
  reads: z.object({ rate: z.number(), failed: z.number(), latency: Quantiles }),
  log: z.object({
    /** Entries a second. */
    committed: z.number(),
    applied: z.number(),
    /** Syncs a second, what each took, and the entries that shared one. */
    syncs: z.number(),
    sync: Quantiles,
    batch: z.number().nullable(),
    writtenBytes: z.number(),
  }),
  queues: z.object({
    openCalls: z.number().int(),
    heldMessages: z.number().int(),
    unapplied: z.number().int(),
  }),
  /** Messages a second, by type. */
  sent: z.record(z.string(), z.number()),
  received: z.record(z.string(), z.number()),
  /** Since the process began. */
  elections: z.object({
    started: z.number().int(),
    won: z.number().int(),
    leaderChanges: z.number().int(),
  }),
  process: z.object({
    pid: z.number().int(),
    version: z.string(),
    uptimeMs: z.number(),
    rssBytes: z.number(),
    heapBytes: z.number(),
    /** Share of one core, 0 to the number of cores. */
    cpu: z.number(),
    /** Delay of the event loop, ms. */
    loop: Quantiles,
  }),
});
export type MetricsSample = z.infer<typeof MetricsSample>;
