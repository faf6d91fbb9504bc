import { compareKeys, type KeyTree } from '@quorate/contract';
import { expect, it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { holding, timed } from '../test/machine.js';
import { listTree } from './list-tree.js';

const part = fc.constantFrom('', 'a', 'ab', 'ü', '\u{1F600}', '\u{10FFFF}');
const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const nameOf = (item: KeyTree['items'][number]) => (item.kind === 'group' ? item.prefix : item.key);

/** What a walk over all keys would find under a prefix. */
function expected(keys: readonly string[], prefix: string): string[] {
  const names = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const end = key.indexOf('/', prefix.length);
      return end === -1 ? key : key.slice(0, end + 1);
    });
  return [...new Set(names)].sort(compareKeys);
}

test.prop([fc.uniqueArray(key, { maxLength: 20 }), key, fc.integer({ min: 1, max: 3 })])(
  'gives each key and each group under a prefix once, page by page',
  (keys, prefix, limit) => {
    const { keys: stored } = holding(keys.filter((key) => key !== ''));
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const page = listTree(stored, { prefix, after, limit }, '/');
      paged.push(...page.items.map(nameOf));
      after = page.next;
      if (after === null) break;
    }
    expect(paged).toEqual(expected([...stored.keys()], prefix));
  },
);

it('tells size and index of a key, and of a group its prefix', () => {
  const { keys } = holding(['a', 'a/b', 'a/c/d', 'b'], 'four');
  expect(listTree(keys, { prefix: '', after: null, limit: 10 }, '/')).toEqual({
    items: [
      { kind: 'key', key: 'a', bytes: 4, index: 1 },
      { kind: 'group', prefix: 'a/' },
      { kind: 'key', key: 'b', bytes: 4, index: 4 },
    ],
    next: null,
  });
});

it('goes on behind a cursor whose key and group are gone', () => {
  const { keys } = holding(['a/x', 'c/x', 'e']);
  const names = (after: string) =>
    listTree(keys, { prefix: '', after, limit: 10 }, '/').items.map(nameOf);
  expect(names('b')).toEqual(['c/', 'e']);
  expect(names('b/')).toEqual(['c/', 'e']);
  expect(names('c/')).toEqual(['e']);
});

it('takes a delimiter of several characters', () => {
  const { keys } = holding(['user::1', 'user:2']);
  const { items } = listTree(keys, { prefix: '', after: null, limit: 10 }, '::');
  expect(items.map(nameOf)).toEqual(['user:2', 'user::']);
});

it('takes no longer for groups of a thousand keys than for groups of one', () => {
  const { keys } = holding(Array.from({ length: 100_000 }, (_, i) => `g${i % 100}/${i}`));
  const { result, ms } = timed(() => listTree(keys, { prefix: '', after: null, limit: 1000 }, '/'));
  expect(result.items).toHaveLength(100);
  expect(ms).toBeLessThan(10);
});
