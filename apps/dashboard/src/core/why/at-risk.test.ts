import { expect, test } from 'vitest';
import { fault, killed, leading, member, process, status } from '../../../test/fixtures.js';
import { Story } from '../../../test/story.js';
import type { Answer } from './answer.js';
import { explainWhy } from './explain.js';

function ask(story: Story): readonly Answer[] {
  return explainWhy({ kind: 'at-risk' }, story.history, story.view);
}

test('a healthy cluster says what it can lose', () => {
  expect(ask(new Story()).map(({ cause }) => cause)).toEqual([{ kind: 'healthy', tolerance: 1 }]);
});

test('a cluster that does not work leads on to why', () => {
  const story = new Story().process(50, process('n2', killed)).process(50, process('n3', killed));
  expect(ask(story)).toMatchObject([
    { cause: { kind: 'does-not-work' }, next: { kind: 'no-leader' } },
  ]);
});

test('a voter that is down is told, and started', () => {
  expect(ask(new Story().process(50, process('n2', killed)))).toMatchObject([
    { cause: { kind: 'voters-down', absent: [{ id: 'n2' }] }, remedies: ['start:n2'] },
  ]);
});

test('a voter that does not follow is put down to the faults between it and the leader', () => {
  const faults = [fault({ peer: 'n3', direction: 'both' }), fault({ id: 'f2', peer: 'n2' })];
  const answers = ask(
    new Story(leading('n1', { faults }), status('n2'), status('n3', { leader: null })),
  );
  expect(answers).toMatchObject([
    { cause: { kind: 'not-following', voters: ['n3'] }, remedies: ['heal:n1/f1'] },
    // The other one hurts nobody yet.
    { cause: { kind: 'faults-in-force' }, remedies: ['heal:n1/f2'] },
  ]);
});

test('a voter that cannot keep up leads on to why', () => {
  const story = new Story(
    leading('n1', { commitIndex: 500, lastIndex: 500 }),
    status('n2', { commitIndex: 500 }),
    status('n3'),
  );
  expect(ask(story)).toMatchObject([
    { cause: { kind: 'lagging', voters: ['n3'] }, next: { kind: 'behind', node: 'n3' } },
  ]);
});

test('two voters are too few, and a learner could be promoted', () => {
  const members = [member('n1'), member('n2'), member('n3', 'learner')];
  const words = { members };
  const story = new Story(leading('n1', words), status('n2', words), status('n3', words));
  expect(ask(story)).toMatchObject([
    { cause: { kind: 'too-few-voters', voters: 2, learners: ['n3'] }, remedies: ['promote:n3'] },
  ]);
});
