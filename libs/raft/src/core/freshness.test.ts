import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Freshness } from './freshness.js';

describe('how fresh a state is', () => {
  test('is unknown before anything was heard', () => {
    expect(new Freshness().asOf(99)).toBe(-Infinity);
  });

  test('is that of the latest word, once its commit index is applied', () => {
    const freshness = new Freshness();
    freshness.note(5, 100);
    expect(freshness.asOf(4)).toBe(-Infinity);
    expect(freshness.asOf(5)).toBe(100);
    freshness.note(5, 200);
    expect(freshness.asOf(5)).toBe(200);
  });

  test('does not go back when an old word comes late', () => {
    const freshness = new Freshness();
    freshness.note(5, 200);
    freshness.asOf(5);
    freshness.note(4, 100);
    expect(freshness.asOf(5)).toBe(200);
  });

  test('is known also where the state machine never quite catches up', () => {
    const freshness = new Freshness();
    for (let now = 0; now < 1000; now += 100) {
      freshness.note(now, now);
      expect(now - freshness.asOf(now - 150)).toBeLessThanOrEqual(now < 200 ? Infinity : 300);
    }
  });

  const words = fc.array(
    fc.record({
      rise: fc.nat({ max: 5 }),
      pass: fc.integer({ min: 1, max: 9 }),
      lag: fc.nat({ max: 12 }),
    }),
    { maxLength: 40 },
  );

  test.prop([words])('is never later than that of the last word that has been applied', (all) => {
    const freshness = new Freshness();
    const told: { commit: number; asOf: number }[] = [];
    let [commit, asOf, applied] = [0, 0, 0];
    for (const { rise, pass, lag } of all) {
      commit += rise;
      asOf += pass;
      told.push({ commit, asOf });
      freshness.note(commit, asOf);
      applied = Math.max(applied, commit - lag);
      const reached = told.findLast((word) => word.commit <= applied)?.asOf ?? -Infinity;
      expect(freshness.asOf(applied)).toBeLessThanOrEqual(reached);
    }
    expect(freshness.asOf(commit)).toBe(told.at(-1)?.asOf ?? -Infinity);
  });
});
