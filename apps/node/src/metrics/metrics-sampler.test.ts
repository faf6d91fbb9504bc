import { MetricsSample } from '@quorate/contract';
import type { RaftMetrics } from '@quorate/raft';
import { afterEach, expect, it } from 'vitest';
import { MetricsSampler } from './metrics-sampler.js';

const bounds = [1, 10, 100];
const histogram = (...counts: readonly number[]) => ({
  count: counts.reduce((sum, count) => sum + count, 0),
  sum: 0,
  max: 50,
  bounds,
  counts,
});
const quiet = histogram(0, 0, 0, 0);

function metrics(accepted: number, latency = quiet, heartbeats = 0): RaftMetrics {
  return {
    proposals: { accepted, failed: {}, latency },
    reads: { served: {}, failed: {}, latency: quiet },
    log: {
      committed: accepted,
      applied: accepted,
      appliedBytes: 0,
      writes: 0,
      writtenBytes: 0,
      writeDuration: quiet,
      batch: quiet,
    },
    messages: { sent: { heartbeat: heartbeats }, received: {} },
    transport: null,
    elections: { started: 2, won: 1, leaderChanges: 3, stepDowns: {} },
    replication: { rejected: 0 },
    snapshots: {
      taken: 0,
      takeDuration: quiet,
      sent: 0,
      installed: 0,
      installDuration: quiet,
      failed: {},
    },
    storage: { failedWrites: 0, stalls: 0, stallDuration: quiet },
    queues: { openCalls: 4, heldMessages: 5, unapplied: 6 },
  };
}

let sampler: MetricsSampler;
afterEach(() => sampler.stop());

it('tells once a second what happened in it, and what is now', () => {
  let now = metrics(100, histogram(90, 10, 0, 0), 10);
  sampler = new MetricsSampler('run', () => now, 0);
  now = metrics(150, histogram(90, 10, 50, 0), 30);
  expect(sampler.next(999)).toBeNull();
  const sample = MetricsSample.parse(sampler.next(2000));
  expect(sample).toMatchObject({
    run: 'run',
    at: 2000,
    overMs: 2000,
    writes: { rate: 25, failed: 0 },
    log: { committed: 25 },
    sent: { heartbeat: 10 },
    queues: { openCalls: 4, heldMessages: 5, unapplied: 6 },
    elections: { started: 2, won: 1, leaderChanges: 3 },
    process: { pid: process.pid },
  });
  // What was quick stands in the time before.
  expect(sample.writes.latency.p50).toBeGreaterThan(10);
  expect(sample.reads.latency).toEqual({ p50: null, p99: null });
  expect(sampler.next(2999)).toBeNull();
  expect(sampler.next(3000)?.writes).toMatchObject({ rate: 0, latency: { p50: null } });
});
