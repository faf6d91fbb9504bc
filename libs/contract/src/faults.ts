import { z } from 'zod';

/** What a fault does to the messages that pass. */
export const FaultEffect = z.discriminatedUnion('type', [
  /** Every message is lost. */
  z.object({ type: z.literal('cut') }),
  /** Every message comes so many milliseconds later. */
  z.object({ type: z.literal('delay'), ms: z.number().positive().max(60_000) }),
  /** A message is lost with this chance. */
  z.object({ type: z.literal('loss'), chance: z.number().positive().max(1) }),
  /** Cut and whole by turns, beginning with cut, each for so many milliseconds. */
  z.object({
    type: z.literal('flap'),
    cutMs: z.number().min(50).max(60_000),
    wholeMs: z.number().min(50).max(60_000),
  }),
]);
export type FaultEffect = z.infer<typeof FaultEffect>;

/** `POST /faults` of a node: a fault between it and one peer. Only with `QUORATE_CHAOS=on`. */
export const FaultRequest = z.object({
  peer: z.string().min(1),
  /** The way of a message, seen from the node that is asked. */
  direction: z.enum(['out', 'in', 'both']),
  effect: FaultEffect,
  /** Who wants it, for those who find it in the list. */
  owner: z.string().min(1).max(64),
  /** Milliseconds until it heals by itself, at most an hour. */
  ttlMs: z.number().positive().max(3_600_000),
});
export type FaultRequest = z.infer<typeof FaultRequest>;

/** A fault in force. `DELETE /faults/{id}` heals one, `DELETE /faults` all of this node. */
export const Fault = FaultRequest.extend({
  id: z.string(),
  /** Milliseconds until it heals by itself. */
  leftMs: z.number(),
});
export type Fault = z.infer<typeof Fault>;

/** Answer of `GET /faults`. */
export const FaultList = z.object({ faults: z.array(Fault) });
export type FaultList = z.infer<typeof FaultList>;
