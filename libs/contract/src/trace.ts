import { z } from 'zod';
import { Index, Term } from './numbers.js';

/** A message between nodes, without its bulk. Other fields are those of its type, numbers and words. */
export const TracedMessage = z.looseObject({
  type: z.string(),
  term: Term,
  /** Entries of an append request, if it has any; each term that is in them stands there once. */
  entries: z
    .object({ from: Index, to: Index, bytes: z.number().int(), terms: z.array(Term) })
    .optional(),
});
export type TracedMessage = z.infer<typeof TracedMessage>;

const at = z.number();

/**
 * One thing that a node's trace tells; `at` is milliseconds of its monotonic clock. A message has one
 * `id` at both of its ends, unique together with its sender and the sender's run.
 */
export const TraceRecord = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sent'),
    at,
    id: z.number().int(),
    to: z.string(),
    message: TracedMessage,
  }),
  z.object({
    kind: z.literal('received'),
    at,
    /** null when its sender gave it none: nobody watches there. */
    id: z.number().int().nullable(),
    from: z.string(),
    message: TracedMessage,
  }),
  /** It ended here, and never came: `out` on the sender's side, `in` on the receiver's. */
  z.object({
    kind: z.literal('lost'),
    at,
    id: z.number().int().nullable(),
    peer: z.string(),
    direction: z.enum(['out', 'in']),
    message: TracedMessage,
    /** As `cut by ann`, or `not connected`. */
    reason: z.string(),
  }),
  /** Messages that came too fast to be told one by one, since the last such record. */
  z.object({
    kind: z.literal('counted'),
    at,
    messages: z.array(
      z.object({
        peer: z.string(),
        direction: z.enum(['out', 'in']),
        type: z.string(),
        count: z.number().int(),
      }),
    ),
  }),
  /**
   * Entries were written to this node's log: `[from, to, term]` each, in order. What stood there and
   * behind it is gone. With `whole`, the log as it is (the latest runs of it), for somebody new.
   */
  z.object({
    kind: z.literal('log'),
    at,
    whole: z.boolean(),
    runs: z.array(z.tuple([Index, Index, Term])),
  }),
  /** How far this node is: in its log, on its disk, with the quorum, with its state machine. */
  z.object({
    kind: z.literal('mark'),
    at,
    last: Index,
    durable: Index,
    commit: Index,
    applied: Index,
  }),
  /** A write that carried the header `Quorate-Trace` has its place in the leader's log. */
  z.object({ kind: z.literal('placed'), at, trace: z.string(), index: Index, term: Term }),
]);
export type TraceRecord = z.infer<typeof TraceRecord>;

/** Sent reliably, in order, batched. `dropped` counts records that were more than the node keeps. */
export const TraceBatch = z.object({
  run: z.string(),
  dropped: z.number().int(),
  records: z.array(TraceRecord),
});
export type TraceBatch = z.infer<typeof TraceBatch>;
