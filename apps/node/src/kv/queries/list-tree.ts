import { compareKeys, type KeyTree } from '@quorate/contract';
import type { KeysView } from '../stored-keys.js';
import { behindPrefix } from './behind-prefix.js';
import type { Range } from './list-keys.js';

/**
 * What stands directly under a prefix: keys, and one group for all that go on with the same part up
 * to the next delimiter. It leaps from group to group, so their sizes cost nothing.
 */
export function listTree(
  keys: KeysView,
  { prefix, after, limit }: Range,
  delimiter: string,
): KeyTree {
  const items: KeyTree['items'] = [];
  let last: string | null = null;
  let pair =
    after !== null && compareKeys(after, prefix) >= 0
      ? behind(keys, after, groupOf(after, prefix, delimiter))
      : keys.getPairOrNextHigher(prefix);
  while (pair?.[0].startsWith(prefix)) {
    if (items.length === limit) return { items, next: last };
    const [key, { value, index }] = pair;
    const group = groupOf(key, prefix, delimiter);
    if (group === null) items.push({ kind: 'key', key, bytes: value.length, index });
    else items.push({ kind: 'group', prefix: group });
    last = group ?? key;
    pair = behind(keys, key, group);
  }
  return { items, next: null };
}

/** The prefix of the group that a key belongs to; null for one directly under `prefix`. */
function groupOf(key: string, prefix: string, delimiter: string): string | null {
  const end = key.indexOf(delimiter, prefix.length);
  return end === -1 ? null : key.slice(0, end + delimiter.length);
}

function behind(keys: KeysView, key: string, group: string | null) {
  if (group === null) return keys.nextHigherPair(key);
  const start = behindPrefix(group);
  return start === null ? undefined : keys.getPairOrNextHigher(start);
}
