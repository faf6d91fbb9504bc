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
  const written: string[] = [];
  const writer = new LogWriter({
    ...systemClock,
    stallMs: () => 1000,
    write: (batch, done) => {
      batches.push(batch.map(({ id }) => id));
      ends.push(done);
    },
    written: (batch, ms) => written.push(`${batch.length} in ${ms} ms`),
    durable: (id) => told.push(`durable ${id}`),
    failed: (id, error) => told.push(`failed ${id}: ${String(error)}`),
    stalled: (ms) => told.push(`stalled for ${ms} ms`),
    recovered: (ms) => told.push(`recovered after ${ms} ms`),
  });
  const finish = (error: unknown = null) => ends.shift()?.(error);
  return { writer, batches, told, written, finish };
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
    vi.advanceTimersByTime(99);
    expect(batches).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    finish('full');
    vi.advanceTimersByTime(200);
    finish();
    expect(batches).toEqual([[1], [1], [1], [2]]);
    expect(told).toEqual(['failed 1: full', 'failed 1: full', 'durable 1']);
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

  it('tells how long the disk took for a batch, its last try alone', () => {
    const { writer, written, finish } = setup();
    for (const id of [1, 2, 3]) writer.append(write(id));
    vi.advanceTimersByTime(7);
    finish();
    finish('full');
    vi.advanceTimersByTime(100);
    vi.advanceTimersByTime(3);
    finish();
    expect(written).toEqual(['1 in 7 ms', '2 in 3 ms']);
  });

  it('tells of a write that stalls, and of its end before what follows from it', () => {
    const { writer, told, finish } = setup();
    writer.append(write(1));
    vi.advanceTimersByTime(1500);
    finish();
    writer.append(write(2));
    vi.advanceTimersByTime(1000);
    finish('full');
    expect(told).toEqual([
      'stalled for 1000 ms',
      'recovered after 1500 ms',
      'durable 1',
      'stalled for 1000 ms',
      'recovered after 1000 ms',
      'failed 2: full',
    ]);
  });

  it('counts no time between two tries as a stall', () => {
    const { writer, told, finish } = setup();
    writer.append(write(1));
    for (let attempt = 0; attempt < 5; attempt++) {
      finish('full');
      vi.advanceTimersByTime(1000);
    }
    finish();
    expect(told.filter((line) => line.startsWith('stalled'))).toEqual([]);
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
