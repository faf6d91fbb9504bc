import { expect, test } from 'vitest';
import { Recorded } from '../../../test/recorded.js';
import { entryTimes } from './entry-times.js';

const marks = (durable: number, commit: number, applied: number) =>
  ({ kind: 'mark', last: 12, durable, commit, applied }) as const;

function written(): Recorded {
  const recorded = new Recorded();
  recorded.trace('n2', 0, { kind: 'log', whole: true, runs: [[1, 10, 3]] });
  recorded.trace('n2', 0, marks(10, 10, 10));
  recorded.trace('n2', 5, { kind: 'log', whole: false, runs: [[11, 12, 3]] });
  recorded.trace('n2', 5, marks(10, 10, 10));
  recorded.trace('n2', 7, marks(12, 10, 10));
  recorded.trace('n2', 9, marks(12, 12, 11));
  recorded.trace('n2', 11, marks(12, 12, 12));
  return recorded;
}

function times(recorded: Recorded, index: number, ms: number, term = 3) {
  const node = recorded.history.nodes.get('n2')!;
  const found = entryTimes(node, index, term, recorded.t(ms));
  const { appended, durable, committed, applied } = found;
  return [appended, durable, committed, applied].map((t) => t && t - recorded.start);
}

test('an entry is appended, then durable, then committed, then applied', () => {
  expect(times(written(), 12, 100)).toEqual([5, 7, 9, 11]);
  expect(times(written(), 12, 8)).toEqual([5, 7, null, null]);
});

test('an entry from before anybody looked has no times', () => {
  expect(times(written(), 10, 100)).toEqual([null, null, null, null]);
});

test('an entry that replaced another one counts from its own write', () => {
  const recorded = written();
  recorded.trace('n2', 20, { kind: 'log', whole: false, runs: [[12, 12, 4]] });
  recorded.trace('n2', 21, marks(12, 12, 12));
  expect(times(recorded, 12, 100, 4)).toEqual([20, 21, 21, 21]);
  expect(times(recorded, 12, 100, 3)).toEqual([5, 7, 9, 11]);
});
