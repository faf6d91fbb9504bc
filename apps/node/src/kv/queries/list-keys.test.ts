import { expect, it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { holding, timed } from '../test/machine.js';
import { listKeys, type Range } from './list-keys.js';

const everything: Range = { prefix: '', after: null, limit: Infinity };
const key = fc.constantFrom('a', 'a/b', 'ab', 'b', 'b/', 'ü', '\u{1F600}');

function keysOf(keys: Iterable<string>, range: Partial<Range>, value = '', maxBytes = Infinity) {
  const page = listKeys(holding(keys, value).keys, { ...everything, ...range }, maxBytes);
  return page.items.map((item) => item.key);
}

test.prop([fc.uniqueArray(key), key, fc.integer({ min: 1, max: 3 })])(
  'gives each key of a prefix once, page by page',
  (keys, prefix, limit) => {
    const { keys: stored } = holding(keys);
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const page = listKeys(stored, { prefix, after, limit });
      paged.push(...page.items.map((item) => item.key));
      if (!page.more) break;
      after = page.items.at(-1)!.key;
    }
    expect(paged).toEqual([...stored.keys()].filter((key) => key.startsWith(prefix)));
  },
);

it('starts behind `after` though that key is gone, and not before the prefix', () => {
  const keys = ['a1', 'a3', 'b1'];
  expect(keysOf(keys, { after: 'a2' })).toEqual(['a3', 'b1']);
  expect(keysOf(keys, { prefix: 'b', after: 'a1' })).toEqual(['b1']);
});

it('ends a page before its values grow too large, but never gives an empty page', () => {
  const keys = ['a', 'b', 'c'];
  expect(listKeys(holding(keys, '12345').keys, everything, 10)).toMatchObject({ more: true });
  expect(keysOf(keys, {}, '12345', 10)).toEqual(['a', 'b']);
  expect(keysOf(keys, {}, '12345', 1)).toEqual(['a']);
});

it('lists a page of 100,000 keys in a few milliseconds', () => {
  const { keys } = holding(Array.from({ length: 100_000 }, (_, i) => `key-${i}`));
  const { result, ms } = timed(() => listKeys(keys, { prefix: '', after: 'key-5', limit: 1000 }));
  expect(ms).toBeLessThan(50);
  expect(result.items).toHaveLength(1000);
});
