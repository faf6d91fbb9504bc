import { compareKeys } from '@quorate/contract';
import type { KeysView, StoredKey, StoredValue } from '../stored-keys.js';

/** Which keys are asked for. */
export interface Range {
  readonly prefix: string;
  /** Only what comes behind this. */
  readonly after: string | null;
  readonly limit: number;
}

export interface Page {
  readonly items: readonly StoredKey[];
  /** Whether keys follow. */
  readonly more: boolean;
}

/** Values of one page; it is built and sent in one piece. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/**
 * Keys and their values, in order. The page ends before its values exceed `maxBytes`; one larger
 * value still comes alone.
 */
export function listKeys(keys: KeysView, range: Range, maxBytes = MAX_PAGE_BYTES): Page {
  const items: StoredKey[] = [];
  let bytes = 0;
  for (const [key, stored] of keysIn(keys, range)) {
    bytes += stored.value.length;
    if (items.length === range.limit || (items.length > 0 && bytes > maxBytes)) {
      return { items, more: true };
    }
    items.push({ key, ...stored });
  }
  return { items, more: false };
}

/** Walks the keys of a range, on beyond its limit. */
export function* keysIn(
  keys: KeysView,
  { prefix, after }: Range,
): Generator<[string, StoredValue], void, undefined> {
  const start = after !== null && compareKeys(after, prefix) > 0 ? after : prefix;
  for (const pair of keys.entries(start)) {
    if (!pair[0].startsWith(prefix)) return;
    if (pair[0] !== after) yield pair;
  }
}
