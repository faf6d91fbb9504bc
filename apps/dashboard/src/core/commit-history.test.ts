import { expect, test } from 'vitest';
import { CommitHistory, historySeconds } from './commit-history.js';

function history(...marks: [commit: number, atMs: number][]): CommitHistory {
  const commits = new CommitHistory();
  for (const [commit, at] of marks) commits.note(commit, at);
  return commits;
}

test('each second counts what was committed in it, and the present one is left out', () => {
  const rates = history([10, 1_000], [15, 1_900], [40, 2_500], [99, 3_100]).rates(3_200);
  expect(rates).toHaveLength(historySeconds);
  expect(rates.slice(-2)).toEqual([0, 25]);
});

test('a second without a word counts nothing', () => {
  expect(history([10, 1_000], [30, 4_000]).rates(5_000).slice(-4)).toEqual([0, 0, 0, 20]);
});

test('a new leader with a lower commit index takes nothing back', () => {
  expect(
    history([10, 1_000], [20, 2_000], [18, 3_000], [21, 4_000]).rates(5_000).slice(-3),
  ).toEqual([10, 0, 3]);
});
