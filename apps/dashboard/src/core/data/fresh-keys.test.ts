import { expect, test } from 'vitest';
import { refreshed } from './fresh-keys.js';

test('a key that changes all the time lights up once a second', () => {
  let fresh: ReadonlyMap<string, number> = new Map();
  const lit = new Set<number>();
  for (let now = 0; now < 3_000; now += 250) {
    fresh = refreshed(fresh, ['k'], now);
    lit.add(fresh.get('k')!);
  }
  expect([...lit]).toEqual([0, 1_000, 2_000]);
});

test('no more keys are remembered than stand on a screen, the newest', () => {
  const keys = Array.from({ length: 600 }, (_, i) => `k${i}`);
  const fresh = refreshed(new Map(), keys, 0);
  expect([...fresh.keys()]).toEqual(keys.slice(100));
});
