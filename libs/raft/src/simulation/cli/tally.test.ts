import { expect, test } from 'vitest';
import { simulate } from '../index.js';
import { Tally } from './tally.js';

test('runs add up to figures, a line each', async () => {
  const tally = new Tally();
  const counted = await simulate({ seed: 1, durationMs: 4000 });
  const idle = await simulate({ seed: 2, durationMs: 100 });
  tally.add(counted);
  tally.add(idle);
  const summary = tally.summary();
  const writes = counted.counts.writesAcknowledged + idle.counts.writesAcknowledged;
  expect(summary).toMatch(/^seeds run +2$/m);
  expect(summary).toMatch(new RegExp(`^writes acknowledged +${writes}$`, 'm'));
  expect(summary).toMatch(/^runs too idle to count +1$/m);
  expect(summary).toMatch(/^violations +0$/m);
  expect(tally.progress(10)).toMatch(/^2 of 10 seeds, [\d.]+ seeds a second, 0 violations$/);
});
