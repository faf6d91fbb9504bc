import type { MetricsSample } from '@quorate/contract';
import * as fc from 'fast-check';
import type { HistoryRecord } from '../src/core/history/record.js';
import { frame, leading, process, status } from './fixtures.js';
import { now } from './observed.js';

const node = fc.constantFrom('n1', 'n2', 'n3');
const t = fc.double({ min: now - 200_000, max: now, noNaN: true });
const link = fc.constantFrom('connecting', 'open', 'closed');
const index = fc.nat({ max: 500 });
const run = fc.constantFrom('run-1', 'run-2');

export function sample(changes: Partial<MetricsSample> = {}): MetricsSample {
  const quantiles = { p50: 1, p99: 4 };
  return {
    run: 'run-1',
    at: 0,
    time: 0,
    overMs: 1_000,
    writes: { rate: 100, failed: 0, latency: quantiles },
    reads: { rate: 10, failed: 0, latency: quantiles },
    log: {
      committed: 100,
      applied: 100,
      syncs: 50,
      sync: quantiles,
      batch: 2,
      writtenBytes: 4_096,
    },
    queues: { openCalls: 1, heldMessages: 0, unapplied: 0 },
    sent: { 'append-request': 100 },
    received: { 'append-response': 100 },
    elections: { started: 1, won: 1, leaderChanges: 1 },
    process: {
      pid: 1,
      version: '0.1.0',
      uptimeMs: 1_000,
      rssBytes: 80e6,
      heapBytes: 40e6,
      cpu: 0.2,
      loop: quantiles,
    },
    ...changes,
  };
}

const traced = fc.nat({ max: 100_000 }).map((at) => ({
  kind: 'sent' as const,
  at,
  id: at,
  to: 'n2',
  message: { type: 'heartbeat', term: 3 },
}));
const event = fc.nat({ max: 300 }).map((seq) => {
  return { seq: seq + 1, at: seq * 100, time: now - 30_000 + seq * 100, type: 'x', text: 'x' };
});

/** Anything that a page may hear. */
const record: fc.Arbitrary<HistoryRecord> = fc.oneof(
  fc.record({ kind: fc.constant('supervisor' as const), t, link }),
  fc.record({
    kind: fc.constant('processes' as const),
    t,
    list: fc
      .subarray(['n1', 'n2', 'n3'])
      .map((ids) => ({ processes: ids.map((id) => process(id)) })),
  }),
  fc.record({ kind: fc.constant('link' as const), t, node, link, problem: fc.constant(null) }),
  fc.record({ t, node, run, commitIndex: index, leads: fc.boolean() }).map((given) => {
    const words = given.leads ? leading : status;
    return {
      kind: 'frame' as const,
      t: given.t,
      node: given.node,
      frame: {
        ...frame(words(given.node, { commitIndex: given.commitIndex }), given.run),
        time: now,
      },
    };
  }),
  fc
    .record({
      t,
      node,
      run,
      dropped: fc.nat({ max: 3 }),
      events: fc.array(event, { maxLength: 5 }),
    })
    .map(({ t, node, ...batch }) => ({ kind: 'events' as const, t, node, batch })),
  fc
    .record({
      t,
      node,
      run,
      dropped: fc.nat({ max: 3 }),
      records: fc.array(traced, { maxLength: 5 }),
    })
    .map(({ t, node, ...batch }) => ({ kind: 'trace' as const, t, node, batch })),
  fc.record({ kind: fc.constant('metrics' as const), t, node, sample: fc.constant(sample()) }),
);

/** All that a page heard, in the order in which it came. */
export const heard: fc.Arbitrary<HistoryRecord[]> = fc.array(record, { maxLength: 60 });
