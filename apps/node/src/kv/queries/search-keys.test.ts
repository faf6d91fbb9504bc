import { expect, it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { holding, timed } from '../test/machine.js';
import { searchKeys } from './search-keys.js';

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 6 });

test.prop([
  fc.uniqueArray(key, { maxLength: 30 }),
  key,
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 4 }),
])('finds each key with the text once, however often it stops', (keys, text, limit, bound) => {
  const { keys: stored } = holding(keys);
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const page = searchKeys(stored, { prefix: 'a', after, limit }, text, bound);
    expect(page.items.length).toBeLessThanOrEqual(Math.min(limit, bound));
    found.push(...page.items.map((item) => item.key));
    after = page.next;
    if (after === null) break;
  }
  const all = [...stored.keys()].filter((key) => key.startsWith('a') && key.includes(text));
  expect(found).toEqual(all);
});

it('stops at its bound though it has found nothing, and says where', () => {
  const { keys } = holding(Array.from({ length: 50_000 }, (_, i) => `key-${100_000 + i}`));
  const { result, ms } = timed(() => searchKeys(keys, { prefix: '', after: null, limit: 10 }, 'x'));
  expect(result).toEqual({ items: [], next: 'key-109999' });
  expect(ms).toBeLessThan(20);
});
