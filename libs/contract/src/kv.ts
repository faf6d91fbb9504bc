import { z } from 'zod';

/** Bytes of a key, UTF-8. */
export const maxKeyBytes = 1024;
/** Bytes of a value. */
export const maxValueBytes = 1024 * 1024;

export const Consistency = z.enum(['linearizable', 'lease', 'bounded', 'local']);
export type Consistency = z.infer<typeof Consistency>;

/** Answer of a write: where it stands in the log, once committed and applied. */
export const Written = z.object({ index: z.number().int(), term: z.number().int() });
export type Written = z.infer<typeof Written>;

export const Removed = Written.extend({ existed: z.boolean() });
export type Removed = z.infer<typeof Removed>;

/** One key of a listing. A value that is no UTF-8 text comes in base64. */
export const KeyValue = z.object({
  key: z.string(),
  value: z.string(),
  encoding: z.enum(['utf8', 'base64']),
  /** Index of the entry that wrote it. */
  index: z.number().int(),
});
export type KeyValue = z.infer<typeof KeyValue>;

export const KeyList = z.object({
  items: z.array(KeyValue),
  /** Pass it as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
});
export type KeyList = z.infer<typeof KeyList>;
