import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacity, EventLog, type FeedEntry } from './event-log.js';

const event = (seq: number, time = seq) => ({
  seq,
  at: seq,
  time,
  type: 'x',
  text: `event ${seq}`,
});
const batch = (seqs: number[], { run = 'a', dropped = 0 } = {}) => ({
  run,
  dropped,
  events: seqs.map((seq) => event(seq)),
});

/** `3` for an event, `-2` for a place where two are missing. */
function shape(entries: FeedEntry[]): number[] {
  return entries.map((entry) => (entry.kind === 'event' ? entry.event.seq : -entry.missing));
}

test('events come out newest first', () => {
  const log = new EventLog();
  log.of('n1').accept(batch([1, 2, 3]));
  expect(shape(log.latest(10))).toEqual([3, 2, 1]);
});

test('a gap in the sequence is shown in its place, with its size', () => {
  const log = new EventLog();
  log.of('n1').accept(batch([1, 2]));
  log.of('n1').accept(batch([6, 7], { dropped: 3 }));
  expect(shape(log.latest(10))).toEqual([7, 6, -3, 2, 1]);
});

test('what a node no longer kept of a run before the page came is a gap too', () => {
  const log = new EventLog();
  log.of('n1').accept(batch([40, 41], { dropped: 39 }));
  expect(shape(log.latest(10))).toEqual([41, 40, -39]);
});

test('the cursor names the last event, so that a lost connection loses nothing', () => {
  const log = new EventLog();
  expect(log.of('n1').cursor).toEqual({ run: null, seq: 0 });
  log.of('n1').accept(batch([1, 2]));
  expect(log.of('n1').cursor).toEqual({ run: 'a', seq: 2 });
  log.of('n1').accept(batch([3, 4]));
  expect(shape(log.latest(10))).toEqual([4, 3, 2, 1]);
});

test('a restarted node counts anew, and what it said before stays', () => {
  const log = new EventLog();
  log.of('n1').accept(batch([1, 2, 3]));
  log.of('n1').accept({ run: 'b', dropped: 0, events: [event(1, 10), event(2, 11)] });
  expect(shape(log.latest(10))).toEqual([2, 1, 3, 2, 1]);
  expect(log.of('n1').cursor).toEqual({ run: 'b', seq: 2 });
  expect(new Set(log.latest(10).map(({ key }) => key)).size).toBe(5);
});

test('the events of all nodes stand in the order of their clocks; some nodes can be asked for', () => {
  const log = new EventLog();
  log.of('n1').accept({ run: 'a', dropped: 0, events: [event(1, 10), event(2, 30)] });
  log.of('n2').accept({ run: 'b', dropped: 0, events: [event(1, 20), event(2, 40)] });
  expect(log.latest(3).map(({ node, t }) => [node, t])).toEqual([
    ['n2', 40],
    ['n1', 30],
    ['n2', 20],
  ]);
  expect(log.latest(10, ['n1']).every(({ node }) => node === 'n1')).toBe(true);
});

test('a node keeps its newest five thousand entries, and never many more', () => {
  const log = new EventLog();
  log.of('n1').accept(batch(Array.from({ length: capacity + 10 }, (_, at) => at + 1)));
  for (let more = 0; more < 3; more++) {
    const first = capacity + 11 + more * 1_000;
    log.of('n1').accept(batch(Array.from({ length: 1_000 }, (_, at) => first + at)));
    const kept = shape(log.latest(2 * capacity));
    expect(kept[0]).toBe(first + 999);
    expect(kept.length).toBeGreaterThanOrEqual(capacity);
    expect(kept.length).toBeLessThanOrEqual(capacity * 1.25);
  }
});

prop.prop([
  fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), { maxLength: 20 }),
])('however batches overlap, events stand once, in order, and gaps make up the rest', (batches) => {
  const log = new EventLog();
  for (const seqs of batches) {
    log.of('n1').accept(batch([...new Set(seqs)].sort((a, b) => a - b)));
  }
  const entries = shape(log.latest(1_000)).reverse();
  const seqs = entries.filter((seq) => seq > 0);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  const missing = entries.filter((seq) => seq < 0).reduce((sum, gap) => sum - gap, 0);
  if (seqs.length > 0) {
    expect((seqs.at(-1) ?? 0) - (seqs[0] ?? 0) + 1).toBe(seqs.length + missing);
  }
});
