import type { TraceRecord } from '@quorate/contract';
import { expect, it } from 'vitest';
import { TraceRing } from './trace-ring.js';

function ringOf(count: number): TraceRing {
  const ring = new TraceRing(10);
  for (let at = 1; at <= count; at++) {
    ring.push({ kind: 'mark', at, last: 0, durable: 0, commit: 0, applied: 0 });
  }
  return ring;
}

const times = (records: readonly TraceRecord[]) => records.map(({ at }) => at);

it('gives what came behind a place, piece by piece', () => {
  const ring = ringOf(8);
  const first = ring.after(3, 3);
  expect([times(first.records), first.dropped]).toEqual([[4, 5, 6], 0]);
  expect(times(ring.after(first.seq, 3).records)).toEqual([7, 8]);
  expect(ring.after(8, 3)).toEqual({ records: [], dropped: 0, seq: 8 });
});

it('keeps the latest, and says how many a slow reader has missed', () => {
  const { records, dropped } = ringOf(25).after(3, 100);
  expect(dropped).toBe(12);
  expect(times(records)).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
});
