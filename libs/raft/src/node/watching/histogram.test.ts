import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { countBounds, durationBounds, Histogram, quantile } from './histogram.js';

function histogramOf(values: readonly number[], bounds = durationBounds) {
  const histogram = new Histogram(bounds);
  for (const value of values) histogram.observe(value);
  return histogram.read();
}

const values = fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { minLength: 1 });

describe('Histogram', () => {
  test.prop([values])('puts each value into the first bucket that takes it', (values) => {
    const { count, sum, max, bounds, counts } = histogramOf(values);
    expect(count).toBe(values.length);
    expect(sum).toBeCloseTo(values.reduce((a, b) => a + b, 0));
    expect(max).toBe(Math.max(...values));
    const belowOrAt = (bound: number) => values.filter((value) => value <= bound).length;
    let seen = 0;
    for (const [bucket, bound] of bounds.entries()) {
      seen += counts[bucket]!;
      expect(seen).toBe(belowOrAt(bound));
    }
    expect(seen + counts.at(-1)!).toBe(values.length);
  });

  it('is not changed by what is observed after it was read', () => {
    const histogram = new Histogram(countBounds);
    histogram.observe(3);
    const before = histogram.read();
    histogram.observe(3);
    expect(before).toMatchObject({ count: 1, sum: 3, max: 3 });
    expect(before.counts[2]).toBe(1);
  });
});

describe('quantile', () => {
  test.prop([values, fc.double({ min: 0, max: 1, noNaN: true })])(
    'lies in the bucket of the value that it stands for',
    (values, q) => {
      const sorted = values.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
      const estimate = quantile(histogramOf(values), q);
      const from = durationBounds.findLast((bound) => bound < exact) ?? 0;
      const to = durationBounds.find((bound) => bound >= exact) ?? Infinity;
      expect(estimate).toBeGreaterThanOrEqual(from);
      expect(estimate).toBeLessThanOrEqual(Math.min(to, sorted.at(-1)!));
    },
  );

  it('is 0 of nothing, and the largest value at the end', () => {
    expect(quantile(histogramOf([]), 0.99)).toBe(0);
    expect(quantile(histogramOf([1, 2, 300]), 1)).toBe(300);
  });
});
