import { expect, test } from 'vitest';
import { recordedElection } from '../../../test/recorded-election.js';
import { timelineOf } from '../timeline/timeline.js';
import { explainWhy } from './explain.js';

test('a recording of a real cluster tells that the leader was killed, and how another won', async () => {
  const { history } = await recordedElection();
  const [answer, ...others] = explainWhy({ kind: 'change' }, history, history.viewAt(Infinity));
  expect(others).toEqual([]);
  expect(answer?.cause).toMatchObject({ kind: 'process', before: 'n1', what: 'killed' });
  expect(answer?.proofs.at(0)).toMatchObject({ kind: 'process', node: 'n1', how: 'SIGKILL' });
  expect(answer?.proofs.at(-1)).toMatchObject({ kind: 'event' });
});

test('at a moment between two leaders it tells who is missing, and that an election is due', async () => {
  const { history } = await recordedElection();
  const death = timelineOf(history).turns.find(({ what }) => what === 'killed');
  const then = history.viewAt((death?.t ?? NaN) + 80);
  expect(explainWhy({ kind: 'no-leader' }, history, then).map(({ cause }) => cause.kind)).toEqual([
    'voters-down',
    'election-due',
  ]);
});
