import type { KeySearch } from '@quorate/contract';
import type { KeysView } from '../stored-keys.js';
import { keysIn, type Range } from './list-keys.js';

/** Keys that one request looks at: a few milliseconds. */
const MAX_SCANNED = 10_000;

/** Keys with a text in them. The search stops at its bound, found or not, and goes on at `next`. */
export function searchKeys(
  keys: KeysView,
  range: Range,
  text: string,
  maxScanned = MAX_SCANNED,
): KeySearch {
  const items: KeySearch['items'] = [];
  let scanned = 0;
  let last: string | null = null;
  for (const [key, { value, index }] of keysIn(keys, range)) {
    if (items.length === range.limit || scanned === maxScanned) return { items, next: last };
    scanned++;
    last = key;
    if (key.includes(text)) items.push({ key, bytes: value.length, index });
  }
  return { items, next: null };
}
