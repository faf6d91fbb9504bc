import { expect, test } from 'vitest';
import { median, quantile, spread } from './stats.js';

test('the median of an even count lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
});

test('a quantile lies between its neighbours, as far as it should', () => {
  const tens = [10, 20, 30, 40, 50];
  expect([0, 0.25, 0.9, 1].map((share) => quantile(tens, share))).toEqual([10, 20, 46, 50]);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the spread is the distance of the rounds by their median; one round has none', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.3);
  expect(spread([100])).toBe(0);
});
