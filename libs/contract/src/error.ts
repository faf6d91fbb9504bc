import { z } from 'zod';

export const Leader = z.object({
  id: z.string(),
  /** Where peers reach it. */
  address: z.string(),
  /** Its HTTP address; null when it has told none. */
  url: z.string().nullable(),
});
export type Leader = z.infer<typeof Leader>;

/** Every error of every endpoint has this shape. */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  /** Whether a write may have happened: `not-applied` is a promise. */
  outcome: z.enum(['not-applied', 'unknown']),
  /** Whether the same request may succeed later. */
  retryable: z.boolean(),
  leader: Leader.nullable(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
