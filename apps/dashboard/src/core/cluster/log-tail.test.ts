import { expect, test } from 'vitest';
import { status } from '../../../test/fixtures.js';
import { logTail } from './log-tail.js';

const states = (tail: ReturnType<typeof logTail>) => tail.cells.map(({ state }) => state);

test('each entry is shown by what this node made of it', () => {
  const words = status('n2', { firstIndex: 3, appliedIndex: 5, commitIndex: 6, lastIndex: 8 });
  const tail = logTail(words, 9);
  expect(states(tail).slice(0, 10)).toEqual([
    'compacted',
    'compacted',
    'applied',
    'applied',
    'applied',
    'committed',
    'uncommitted',
    'uncommitted',
    'missing',
    'unwritten',
  ]);
  expect(tail).toMatchObject({ last: 8, uncommitted: 2, missing: 1 });
});

test('the pictures of all nodes end at the newest entry of the cluster', () => {
  const tail = logTail(status('n2', { lastIndex: 90, commitIndex: 90, appliedIndex: 90 }), 100);
  expect(tail.cells.at(-1)).toEqual({ index: 100, state: 'missing' });
  expect(states(tail).filter((state) => state === 'missing')).toHaveLength(10);
});
