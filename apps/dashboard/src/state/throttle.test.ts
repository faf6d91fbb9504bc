import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttle } from './throttle.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the first call works at once, a burst works once more, and the last is not lost', () => {
  const work = vi.fn();
  const throttle = new Throttle(50, work);
  throttle.request();
  expect(work).toHaveBeenCalledTimes(1);
  for (let call = 0; call < 10; call += 1) throttle.request();
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(50);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(500);
  expect(work).toHaveBeenCalledTimes(2);
});

test('what is cancelled does not work any more', () => {
  const work = vi.fn();
  const throttle = new Throttle(50, work);
  throttle.request();
  throttle.request();
  throttle.cancel();
  vi.advanceTimersByTime(500);
  expect(work).toHaveBeenCalledTimes(1);
});
