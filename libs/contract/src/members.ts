import { z } from 'zod';
import { Index, Term } from './numbers.js';

const maxChanges = 32;

/** One of several changes that happen together. Who is added is asked first who it is. */
export const MemberChange = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('add'),
    id: z.string(),
    /** Where peers reach it, `host:port`. */
    address: z.string(),
    /** Stay a learner instead of being promoted once caught up. */
    learner: z.boolean().exactOptional(),
  }),
  z.object({ type: z.enum(['promote', 'demote', 'remove']), id: z.string() }),
]);
export type MemberChange = z.infer<typeof MemberChange>;

/**
 * `POST /members/changes`: all of them as one, by joint consensus where more than one voter comes or
 * goes. Answers where the new configuration stands once it is committed.
 */
export const MemberChanges = z.object({
  changes: z.array(MemberChange).min(1).max(maxChanges),
  /** Change nothing unless this is still the status's `configurationIndex`. */
  expectedIndex: Index.exactOptional(),
});
export type MemberChanges = z.infer<typeof MemberChanges>;

/** `POST /probe`: who answers there? Asked by this node, as a join would. */
export const ProbeRequest = z.object({ address: z.string() });
export type ProbeRequest = z.infer<typeof ProbeRequest>;

/** Who answers at an address. */
export const Probed = z.object({
  id: z.string(),
  /** null on a blank node, which is ready to be joined. */
  clusterId: z.string().nullable(),
  /** Names its volume: another one under the same id means that it was emptied. */
  incarnation: z.string(),
  url: z.string().nullable(),
});
export type Probed = z.infer<typeof Probed>;

const SilentMember = z.object({
  id: z.string(),
  role: z.enum(['voter', 'learner']),
  /** Since its last word to its leader. */
  silentMs: z.number(),
});

/** `GET /autopilot`: what this node would do about dead servers, as leader, at this moment. */
export const AutopilotStatus = z.object({
  mode: z.enum(['off', 'dry-run', 'on']),
  /** null where it is off, and on a node that does not lead. */
  plan: z
    .object({
      /** Whom it removes next; null for nobody. */
      remove: SilentMember.nullable(),
      /** Dead servers that stay for now, and why. */
      keep: z.array(
        SilentMember.extend({
          because: z.enum([
            'change-in-progress',
            'not-settled',
            'min-voters',
            'quorum-at-risk',
            'one-at-a-time',
          ]),
        }),
      ),
    })
    .nullable(),
});
export type AutopilotStatus = z.infer<typeof AutopilotStatus>;

/** Answer of `POST /snapshot`: the state after this entry is on this node's disk, in so many bytes. */
export const SnapshotTaken = z.object({ index: Index, term: Term, bytes: z.number().int() });
export type SnapshotTaken = z.infer<typeof SnapshotTaken>;
