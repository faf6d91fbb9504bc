import { expect, it } from 'vitest';
import { Pace } from './pace.js';

const through = (pace: Pace, times: readonly number[]) => times.filter((now) => pace.take(now));

it('lets a burst through, and then so many a second', () => {
  const pace = new Pace(10, 3);
  expect(through(pace, [0, 0, 0, 0])).toHaveLength(3);
  const everyMs = Array.from({ length: 1000 }, (_, ms) => ms + 1);
  expect(through(pace, everyMs)).toHaveLength(10);
});

it('saves up no more than a burst', () => {
  const pace = new Pace(10, 3);
  expect(through(pace, [60_000, 60_000, 60_000, 60_000])).toHaveLength(3);
});
