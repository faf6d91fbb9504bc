import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../clock.js';
import { StallWatch } from './stall-watch.js';

function setup() {
  const told: string[] = [];
  const world = { stallMs: 1000, sleptMs: 0 };
  const watch = new StallWatch({
    ...systemClock,
    now: () => systemClock.now() + world.sleptMs,
    stallMs: () => world.stallMs,
    stalled: (ms) => told.push(`stalled for ${ms}`),
    recovered: (ms) => told.push(`recovered after ${ms}`),
  });
  return { watch, told, world };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('StallWatch', () => {
  it('tells once of a write that does not end, and when it does', () => {
    const { watch, told } = setup();
    watch.began();
    vi.advanceTimersByTime(999);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(2001);
    expect(told).toEqual(['stalled for 1000']);
    watch.ended();
    expect(told).toEqual(['stalled for 1000', 'recovered after 3000']);
  });

  it('counts each write for itself', () => {
    const { watch, told } = setup();
    for (let write = 0; write < 10; write++) {
      watch.began();
      vi.advanceTimersByTime(900);
      watch.ended();
    }
    expect(told).toEqual([]);
    watch.began();
    vi.advanceTimersByTime(1000);
    expect(told).toEqual(['stalled for 1000']);
  });

  it('keeps one timer for any number of writes, and none when the disk is idle', () => {
    const { watch } = setup();
    for (let write = 0; write < 100; write++) {
      watch.began();
      watch.ended();
      expect(vi.getTimerCount()).toBe(1);
    }
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes the sleep of its own process for no fault of the disk', () => {
    const { watch, told, world } = setup();
    watch.began();
    vi.advanceTimersByTime(500);
    world.sleptMs = 60_000;
    vi.advanceTimersByTime(500);
    expect(told).toEqual([]);
    watch.ended();
    watch.began();
    vi.advanceTimersByTime(1000);
    expect(told).toEqual(['stalled for 1000']);
  });

  it('goes by another limit at once when that is changed', () => {
    const { watch, told, world } = setup();
    watch.began();
    vi.advanceTimersByTime(300);
    world.stallMs = 200;
    watch.changed();
    expect(told).toEqual(['stalled for 300']);
  });

  it('tells nothing once it is stopped', () => {
    const { watch, told } = setup();
    watch.began();
    watch.stop();
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([]);
  });
});
