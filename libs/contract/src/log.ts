import { z } from 'zod';
import { Index, Term } from './numbers.js';

/** One entry of a node's log. */
export const LogEntry = z.object({
  index: Index,
  term: Term,
  type: z.enum(['command', 'no-op', 'configuration', 'session']),
  bytes: z.number().int(),
  /** What a command does to which key; null where it is none of the store's. */
  command: z
    .object({
      operation: z.enum(['set', 'remove', 'remove-prefix']),
      key: z.string(),
      /** The beginning of a value that is text; null for other bytes. */
      preview: z.string().nullable(),
    })
    .nullable(),
  /** The members of a configuration, in words. */
  text: z.string().nullable(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** `GET /log?from=&limit=`: this node's own log, committed or not. At most 500 entries. */
export const LogPage = z.object({
  /** The first index that the log holds: a snapshot stands for what was before. */
  firstIndex: Index,
  lastIndex: Index,
  commitIndex: Index,
  entries: z.array(LogEntry),
});
export type LogPage = z.infer<typeof LogPage>;
