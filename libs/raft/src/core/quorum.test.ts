import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { majority, reachedByMajority } from './quorum.js';

const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 9 });

describe('majority', () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [6, 4],
    [7, 4],
  ])('of %i voters is %i', (voters, needed) => {
    expect(majority(voters)).toBe(needed);
  });

  test.prop([fc.integer({ min: 1, max: 1000 })])(
    'two majorities share a voter, and no smaller number would do',
    (voters) => {
      expect(2 * majority(voters)).toBeGreaterThan(voters);
      expect(2 * (majority(voters) - 1)).toBeLessThanOrEqual(voters);
    },
  );

  test.prop([fc.integer({ min: 1, max: 1000 })])(
    'majorities before and after adding one voter share a voter too (thesis §4.1)',
    (voters) => {
      expect(majority(voters) + majority(voters + 1)).toBeGreaterThan(voters + 1);
    },
  );
});

describe('what a majority has reached', () => {
  test.prop([values])(
    'is the highest value that so many are at or above, tried one by one',
    (reached) => {
      const isReached = (value: number) =>
        reached.filter((one) => one >= value).length >= majority(reached.length);
      const highest = Math.max(...reached.filter(isReached));
      expect(reachedByMajority(reached)).toBe(highest);
    },
  );

  test.prop([values, fc.nat({ max: 8 }), fc.nat({ max: 20 })])(
    'never falls when one voter goes on',
    (reached, which, by) => {
      const later = reached.map((one, i) => (i === which % reached.length ? one + by : one));
      expect(reachedByMajority(later)).toBeGreaterThanOrEqual(reachedByMajority(reached));
    },
  );

  test.prop([values])('does not depend on the order, and leaves the values alone', (reached) => {
    const before = [...reached];
    expect(reachedByMajority([...reached].reverse())).toBe(reachedByMajority(reached));
    expect(reached).toEqual(before);
  });

  test('is nothing where nobody votes', () => {
    expect(reachedByMajority([])).toBe(-Infinity);
  });
});
