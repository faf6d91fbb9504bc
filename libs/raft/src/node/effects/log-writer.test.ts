import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogWrite } from '../../core/effects.js';
import { systemClock } from '../clock.js';
import { LogWriter } from './log-writer.js';

const write = (id: number): LogWrite => ({
  id,
  hardState: null,
  base: null,
  commit: 0,
  entries: [],
});

function setup() {
  const batches: number[][] = [];
  const ends: ((error: unknown) => void)[] = [];
  const told: string[] = [];
  const writer = new LogWriter({
    setTimer: (delayMs, fire) => systemClock.setTimer(delayMs, fire),
    write: (batch, done) => {
      batches.push(batch.map(({ id }) => id));
      ends.push(done);
    },
    durable: (id) => told.push(`durable ${id}`),
    failed: (id, error) => told.push(`failed ${id}: ${String(error)}`),
  });
  const finish = (error: unknown = null) => ends.shift()?.(error);
  return { writer, batches, told, finish };
}

describe('LogWriter', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('writes at once when the disk is free', () => {
    const { writer, batches } = setup();
    writer.append(write(1));
    expect(batches).toEqual([[1]]);
  });

  it('brings what came in during a write as one batch, and tells its last write', () => {
    const { writer, batches, told, finish } = setup();
    for (const id of [1, 2, 3]) writer.append(write(id));
    finish();
    finish();
    expect(batches).toEqual([[1], [2, 3]]);
    expect(told).toEqual(['durable 1', 'durable 3']);
  });

  it('tries a failed batch again, unchanged and before any later write, until it succeeds', () => {
    const { writer, batches, told, finish } = setup();
    writer.append(write(1));
    finish('full');
    writer.append(write(2));
    expect(writer.isFailing).toBe(true);
    vi.advanceTimersByTime(99);
    expect(batches).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    finish('full');
    vi.advanceTimersByTime(200);
    finish();
    expect(batches).toEqual([[1], [1], [1], [2]]);
    expect(told).toEqual(['failed 1: full', 'failed 1: full', 'durable 1']);
    expect(writer.isFailing).toBe(false);
  });

  it('never waits longer than a second between two tries', () => {
    const { writer, batches, finish } = setup();
    writer.append(write(1));
    for (let attempt = 0; attempt < 20; attempt++) {
      finish('full');
      vi.advanceTimersByTime(1000);
    }
    expect(batches).toHaveLength(21);
  });

  it('starts and tells nothing once it is stopped', () => {
    const { writer, batches, told, finish } = setup();
    writer.append(write(1));
    finish('full');
    writer.stop();
    vi.advanceTimersByTime(5000);
    expect(batches).toEqual([[1]]);
    expect(told).toEqual(['failed 1: full']);
  });
});
