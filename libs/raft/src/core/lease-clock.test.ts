import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { LeaseClock } from './lease-clock.js';

describe('the lease clock', () => {
  test('goes with the monotonic clock', () => {
    const clock = new LeaseClock(1000, 5);
    clock.advance(5, 80);
    clock.advance(9, 84);
    expect(clock.time).toBe(1004);
  });

  test('goes with the wall clock while the other stands still, and the machine sleeps', () => {
    const clock = new LeaseClock(1000, 5);
    clock.advance(5, 80);
    clock.advance(6, 9080);
    expect(clock.time).toBe(10_000);
  });

  const looks = fc.array(fc.tuple(fc.nat({ max: 100 }), fc.integer({ min: -100, max: 100 })));

  test.prop([looks])(
    'never goes back, and never slower than either, whoever sets the wall clock',
    (all) => {
      const clock = new LeaseClock(0, 0);
      let [now, wall] = [0, 0];
      clock.advance(now, wall);
      for (const [passed, set] of all) {
        const before = { now, wall, time: clock.time };
        now += passed;
        wall += passed + set;
        clock.advance(now, wall);
        expect(clock.time - before.time).toBeGreaterThanOrEqual(now - before.now);
        expect(clock.time - before.time).toBeGreaterThanOrEqual(wall - before.wall);
      }
    },
  );
});
