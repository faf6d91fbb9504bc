import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../clock.js';
import { LatestWatch } from './latest-watch.js';

function setup() {
  let value = 1;
  let computed = 0;
  const current = () => {
    computed++;
    return value;
  };
  const watch = new LatestWatch(current, (delayMs, fire) => systemClock.setTimer(delayMs, fire));
  const set = (next: number) => {
    value = next;
    watch.changed();
  };
  return { watch, set, computed: () => computed };
}

describe('LatestWatch', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('starts with the present value', async () => {
    const { watch } = setup();
    expect(await watch.read().next()).toEqual({ done: false, value: 1 });
  });

  it('tells many changes as one, the latest', async () => {
    const { watch, set, computed } = setup();
    const reader = watch.read();
    await reader.next();
    const next = reader.next();
    for (let value = 2; value <= 100; value++) set(value);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(await next).toEqual({ done: false, value: 100 });
    expect(computed()).toBe(2);
  });

  it('passes over what a slow reader has missed', async () => {
    const { watch, set } = setup();
    const reader = watch.read();
    await reader.next();
    for (const value of [2, 3]) {
      set(value);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(await reader.next()).toEqual({ done: false, value: 3 });
  });

  it('costs nothing while nobody looks', () => {
    const { set, computed } = setup();
    set(2);
    expect(vi.getTimerCount()).toBe(0);
    expect(computed()).toBe(0);
  });

  it('ends readers when it closes', async () => {
    const { watch } = setup();
    const reader = watch.read();
    await reader.next();
    const next = reader.next();
    watch.close();
    expect((await next).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
