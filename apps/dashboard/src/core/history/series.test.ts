import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Series } from './series.js';

const items = fc.array(fc.record({ t: fc.integer({ min: 0, max: 50 }), id: fc.integer() }), {
  maxLength: 80,
});

prop.prop([items, fc.integer({ min: -1, max: 51 }), fc.integer({ min: -1, max: 51 })])(
  'whatever the order of arrival, a time finds the latest before it, and a range all within',
  (given, one, other) => {
    const series = new Series<{ t: number; id: number }>(100);
    for (const item of given) series.push(item);
    const sorted = given
      .map((item, at) => ({ item, at }))
      .sort((a, b) => a.item.t - b.item.t || a.at - b.at);
    const inOrder = sorted.map(({ item }) => item);
    expect(series.all()).toEqual(inOrder);
    expect(series.at(one)).toBe(inOrder.findLast(({ t }) => t <= one));
    expect(series.between(one, other)).toEqual(inOrder.filter(({ t }) => t > one && t <= other));
  },
);

test('when it is full the oldest go, and are counted', () => {
  const series = new Series<{ t: number }>(100);
  for (let t = 1; t <= 1_000; t++) {
    series.push({ t });
    expect(series.length).toBeGreaterThanOrEqual(Math.min(t, 100));
    expect(series.length).toBeLessThanOrEqual(125);
    expect([series.first?.t, series.last?.t]).toEqual([series.dropped + 1, t]);
    expect(series.dropped + series.length).toBe(t);
  }
});

test('what may go is asked for long before it is full, goes into the one before it, and the newest always stays', () => {
  const series = new Series<{ t: number; stands: number }>(1_000, (kept, { t, stands }) =>
    t % 300 === 0 ? null : { ...kept, stands: kept.stands + stands },
  );
  for (let t = 1; t <= 1_260; t++) {
    series.push({ t, stands: 1 });
    expect(series.last?.t).toBe(t);
    expect(series.length).toBeLessThan(200);
  }
  const times = series.all().map(({ t }) => t);
  expect([1, 300, 600, 900].every((t) => times.includes(t))).toBe(true);
  expect(series.all().reduce((sum, { stands }) => sum + stands, 0)).toBe(1_260);
});
