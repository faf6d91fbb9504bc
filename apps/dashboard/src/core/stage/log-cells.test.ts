import { expect, test } from 'vitest';
import type { NodeLog } from '../logs/node-log.js';
import { cellOf, markOf } from './log-cells.js';

const log = (changes: Partial<NodeLog>): NodeLog => ({
  id: 'n1',
  first: 3,
  last: 8,
  durable: 8,
  commit: 6,
  applied: 5,
  configuration: 4,
  runs: [
    [3, 5, 1],
    [6, 8, 2],
  ],
  ...changes,
});
const cells = (one: NodeLog, leader: NodeLog | null, end: number) =>
  Array.from({ length: 10 }, (_, at) => cellOf(one, leader, end, at + 1));

test('a log is what a snapshot stands for, what is applied, committed, not committed, and missing', () => {
  expect(cells(log({}), log({}), 9)).toEqual([
    ...['compacted', 'compacted', 'applied', 'applied', 'applied', 'committed'],
    ...['uncommitted', 'uncommitted', 'missing', 'unwritten'],
  ]);
});

test('what differs from the leader conflicts, unless it is committed', () => {
  const leader = log({
    runs: [
      [3, 6, 1],
      [7, 8, 3],
    ],
  });
  expect(cells(log({ commit: 5 }), leader, 8).slice(5, 8)).toEqual([
    ...['conflicting', 'conflicting', 'conflicting'],
  ]);
  expect(cells(log({}), leader, 8)[5]).toBe('committed');
});

test('where a term is not known, or nobody leads, nothing is said to conflict', () => {
  const other = log({ runs: [[8, 8, 3]], commit: 5 });
  expect(cells(log({ commit: 5 }), other, 8)[6]).toBe('uncommitted');
  expect(cells(log({ commit: 5 }), null, 8)[6]).toBe('uncommitted');
});

test("configurations are marked, and the entry that begins a leader's term", () => {
  const marks = [3, 4, 5, 6, 7].map((index) => markOf(log({}), index));
  expect(marks).toEqual([null, 'configuration', null, 'no-op', null]);
});
