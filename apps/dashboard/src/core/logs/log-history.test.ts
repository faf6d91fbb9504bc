import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Recorded } from '../../../test/recorded.js';
import { status } from '../../../test/fixtures.js';
import { beginsTerm, nodeLogAt, termAt } from './node-log.js';
import { type Run, runAt } from './runs.js';

/** A write: so many entries in this term, behind what is kept of the log when `cut` are taken off. */
const writes = fc.array(
  fc.record({
    cut: fc.integer({ min: 0, max: 4 }),
    entries: fc.integer({ min: 1, max: 5 }),
    newTerm: fc.boolean(),
    later: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 300, size: 'max' },
);

prop.prop([writes])(
  'at any time the log is what all writes up to then have made of it',
  (given) => {
    const recorded = new Recorded(['n1']);
    const log = recorded.history.nodes.get('n1')!.log;
    let terms: number[] = [];
    let term = 1;
    let ms = 0;
    const model = new Map<number, number[]>();
    for (const { cut, entries, newTerm, later } of given) {
      if (newTerm) term += 1;
      ms += later;
      terms = terms.slice(0, Math.max(0, terms.length - cut));
      const from = terms.length + 1;
      const run: Run = [from, from + entries - 1, term];
      recorded.trace('n1', ms, { kind: 'log', whole: false, runs: [[...run]] });
      terms = [...terms, ...Array.from({ length: entries }, () => term)];
      model.set(ms, terms);
    }
    for (const [at, expected] of model) {
      const runs = log.at(recorded.t(at)) ?? [];
      expect(expected.map((_, place) => runAt(runs, place + 1)?.[2])).toEqual(expected);
      expect(runAt(runs, expected.length + 1)).toBeNull();
    }
  },
);

const logOf = (recorded: Recorded, ms: number) =>
  nodeLogAt(recorded.history.nodes.get('n2')!, recorded.t(ms))!;

test('a log told whole replaces what was known', () => {
  const recorded = new Recorded();
  recorded.trace('n2', 0, { kind: 'log', whole: false, runs: [[1, 10, 1]] });
  recorded.trace('n2', 1, { kind: 'log', whole: true, runs: [[8, 9, 2]] });
  expect(recorded.history.nodes.get('n2')!.log.at(recorded.t(1))).toEqual([[8, 9, 2]]);
});

test('without a trace, the status tells where the log ends, and of which term it is there', () => {
  const log = logOf(new Recorded(), 0);
  expect([log.first, log.last, log.commit]).toEqual([1, 10, 10]);
  expect([9, 10, 11].map((index) => termAt(log, index))).toEqual([null, 3, null]);
});

test('a mark that is newer than the status counts', () => {
  const recorded = new Recorded();
  recorded.trace('n2', 0, { kind: 'log', whole: false, runs: [[11, 12, 3]] });
  recorded.trace('n2', 0, { kind: 'mark', last: 12, durable: 11, commit: 10, applied: 9 });
  expect(logOf(recorded, 0)).toMatchObject({ last: 12, durable: 11, commit: 10, applied: 9 });
  recorded.frame('n2', 5, status('n2', { lastIndex: 12, commitIndex: 12 }));
  expect(logOf(recorded, 5).commit).toBe(12);
});

test('what a snapshot stands for has no term to be told', () => {
  const recorded = new Recorded();
  recorded.trace('n2', 0, { kind: 'log', whole: true, runs: [[1, 10, 3]] });
  recorded.frame('n2', 5, status('n2', { firstIndex: 8 }));
  expect([7, 8].map((index) => termAt(logOf(recorded, 5), index))).toEqual([null, 3]);
});

test('the first entry of a term is the one that its leader begins with', () => {
  const recorded = new Recorded();
  const runs: [number, number, number][] = [
    [1, 6, 2],
    [7, 10, 3],
  ];
  recorded.trace('n2', 0, { kind: 'log', whole: true, runs });
  const log = logOf(recorded, 0);
  expect([1, 6, 7, 8].map((index) => beginsTerm(log, index))).toEqual([false, false, true, false]);
});
