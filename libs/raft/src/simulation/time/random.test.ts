import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Random } from './random.js';

const seed = fc.integer();

describe('chance from a seed', () => {
  test.prop([seed])('is the same again for the same seed', (value) => {
    const draws = (random: Random) => Array.from({ length: 20 }, () => random.next());
    expect(draws(new Random(value))).toEqual(draws(new Random(value)));
  });

  test.prop([seed, fc.integer({ min: -50, max: 50 }), fc.nat({ max: 50 })])(
    'stays within its span, and reaches both of its ends',
    (value, min, width) => {
      const random = new Random(value);
      const max = min + width;
      const drawn = Array.from({ length: 1000 }, () => random.integer([min, max]));
      expect(Math.min(...drawn)).toBe(min);
      expect(Math.max(...drawn)).toBe(max);
      for (const draw of [random.between([min, max]), random.early([min, max])]) {
        expect(draw).toBeGreaterThanOrEqual(min);
        expect(draw).toBeLessThanOrEqual(max);
      }
    },
  );

  test.prop([seed, fc.nat({ max: 20 })])(
    'gives a fork that what is drawn from it later does not shift',
    (value, draws) => {
      const quiet = new Random(value);
      const busy = new Random(value);
      quiet.fork();
      const fork = busy.fork();
      for (let draw = 0; draw < draws; draw++) fork.next();
      expect(busy.next()).toBe(quiet.next());
    },
  );

  test.prop([seed, fc.array(fc.integer())])('shuffles without loss', (value, items) => {
    const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);
    expect(sorted(new Random(value).shuffled(items))).toEqual(sorted(items));
  });

  test('has nothing to pick from nothing', () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError);
  });
});
