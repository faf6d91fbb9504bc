import { z } from 'zod';

/** Bytes of a key, UTF-8. */
export const maxKeyBytes = 1024;
/** Bytes of a value. */
export const maxValueBytes = 1024 * 1024;

export const Consistency = z.enum(['linearizable', 'lease', 'bounded', 'local']);
export type Consistency = z.infer<typeof Consistency>;

/**
 * A condition on what a write finds: `If-Match: "<index>"` wants the key as that entry wrote it,
 * `If-None-Match: *` wants no such key. Else nothing changes: 412, code `condition-failed`.
 */
export const ConditionFailed = z.object({
  /** Index of the entry that wrote what is there; null when there is no such key. */
  index: z.number().int().nullable(),
});
export type ConditionFailed = z.infer<typeof ConditionFailed>;

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
  /** Index of the entry that first wrote it, and how often it was written since: 1 at first. */
  createdIndex: z.number().int(),
  version: z.number().int(),
});
export type KeyValue = z.infer<typeof KeyValue>;

export const KeyList = z.object({
  items: z.array(KeyValue),
  /** Pass it as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
});
export type KeyList = z.infer<typeof KeyList>;

/**
 * `GET /kv?prefix=&delimiter=/&after=&limit=`: the keys directly under a prefix, and what begins
 * with each further part as one group. Values are left out, their sizes told.
 */
export const KeyTree = z.object({
  /** In order of the keys, groups among them. */
  items: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('group'), prefix: z.string() }),
      z.object({
        kind: z.literal('key'),
        key: z.string(),
        bytes: z.number().int(),
        index: z.number().int(),
      }),
    ]),
  ),
  next: z.string().nullable(),
});
export type KeyTree = z.infer<typeof KeyTree>;

/** `GET /kv?contains=&prefix=&after=&limit=`: keys with a text in them. `next` may follow no item. */
export const KeySearch = z.object({
  items: z.array(z.object({ key: z.string(), bytes: z.number().int(), index: z.number().int() })),
  next: z.string().nullable(),
});
export type KeySearch = z.infer<typeof KeySearch>;

/** `GET /kv?prefix=&count=true` */
export const KeyCount = z.object({ keys: z.number().int() });
export type KeyCount = z.infer<typeof KeyCount>;

/** `DELETE /kv?prefix=`: at most 1,000 keys in one entry of the log; ask again while there are `more`. */
export const PrefixRemoved = Written.extend({ removed: z.number().int(), more: z.boolean() });
export type PrefixRemoved = z.infer<typeof PrefixRemoved>;
