import { expect, test } from 'vitest';
import { leading, member, status } from '../../../test/fixtures.js';
import { Story } from '../../../test/story.js';
import type { Answer } from './answer.js';
import { explainWhy } from './explain.js';

function ask(story: Story, index: number | null = null): readonly Answer[] {
  return explainWhy({ kind: 'pending', index }, story.history, story.view);
}

/** n1 has twelve entries, of which ten are committed, and tells how far its followers are. */
function leader(match: Record<string, number>, changes = {}) {
  return leading('n1', {
    lastIndex: 12,
    durableIndex: 12,
    peers: leading().peers.map((peer) => ({ ...peer, match: match[peer.id] ?? 10 })),
    ...changes,
  });
}

const cluster = (n1 = leader({})) => new Story(n1, status('n2'), status('n3'));

test('nothing waits where all is committed', () => {
  expect(ask(new Story())[0]?.cause).toEqual({ kind: 'nothing-pending' });
});

test('without a leader that a quorum follows nothing is committed', () => {
  const alone = { term: 2, leader: null };
  const story = new Story(leader({}), status('n2', alone), status('n3', alone));
  expect(ask(story)).toMatchObject([
    { cause: { kind: 'no-leader-to-commit' }, next: { kind: 'no-leader' } },
  ]);
});

test('the oldest waits first, for the voters that have not acknowledged it', () => {
  const [answer] = ask(cluster(leader({ n2: 8, n3: 10 })));
  expect(answer).toMatchObject({
    cause: {
      kind: 'acknowledgements',
      index: 11,
      have: 1,
      quorum: 2,
      missing: [
        { id: 'n2', match: 8 },
        { id: 'n3', match: 10 },
      ],
    },
    next: { kind: 'behind', node: 'n2' },
  });
  expect(answer?.proofs).toHaveLength(2);
});

test('learners are not waited for', () => {
  const members = [member('n1'), member('n2'), member('n3', 'learner')];
  const [answer] = ask(cluster(leader({ n2: 10, n3: 9 }, { members })));
  expect(answer?.cause).toMatchObject({ missing: [{ id: 'n2' }], quorum: 2 });
});

test('the leader waits for its own disk too', () => {
  const answers = ask(cluster(leader({ n2: 12 }, { durableIndex: 10 })), 11);
  expect(answers.map(({ cause }) => cause.kind)).toEqual(['leader-disk', 'acknowledgements']);
});

test('while two configurations are in force the old voters have a say', () => {
  const outgoing = ['n1', 'n4', 'n5'].map((id) => member(id));
  const followers = ['n2', 'n3', 'n4', 'n5'].map((id) => status(id));
  const story = new Story(leader({ n2: 12, n3: 12 }, { outgoing }), ...followers);
  expect(ask(story).map(({ cause }) => cause.kind)).toEqual(['joint']);
});

test('an entry that a quorum has waits for one of the leader’s own term', () => {
  const story = cluster(leader({ n2: 12, n3: 12 }));
  story.happens(900, 'n1', 'election-won', { term: 3 });
  expect(ask(story)).toMatchObject([
    { cause: { kind: 'older-term', index: 11, term: 3 }, proofs: [{ node: 'n1' }] },
  ]);
});

test('an entry that the leader does not have was never taken, or is gone', () => {
  expect(ask(cluster(), 40)[0]?.cause).toMatchObject({ kind: 'not-in-log', index: 40, last: 12 });
});

test('a committed entry waits for the state machine, and then for nothing', () => {
  const applying = cluster(leader({}, { appliedIndex: 8 }));
  expect(ask(applying, 9)[0]?.cause).toMatchObject({ kind: 'apply-queue', applied: 8 });
  const behind = new Story(leading(), status('n2'), status('n3', { appliedIndex: 8 }));
  expect(ask(behind, 9)[0]?.cause).toEqual({
    kind: 'done',
    index: 9,
    applied: ['n1', 'n2'],
    heard: 3,
  });
});
