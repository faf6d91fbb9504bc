import { expect, test } from 'vitest';
import { killed, leading, process, status } from '../../../test/fixtures.js';
import { sample } from '../../../test/heard.js';
import { Story } from '../../../test/story.js';
import type { Answer } from './answer.js';
import { explainWhy } from './explain.js';

const injected = {
  id: 'f1',
  peer: 'n2',
  direction: 'both',
  effect: { type: 'cut' },
  owner: 'ann',
  ttlMs: 60_000,
};

function ask(story: Story): Answer | undefined {
  const answers = explainWhy({ kind: 'change' }, story.history, story.view);
  expect(answers).toHaveLength(1);
  return answers[0];
}

/** n1 led term 3 until n2 won term 4, three seconds ago; `before` tells what led to it. */
function succession(before: (story: Story) => void, timeout: object = { cause: 'timeout' }): Story {
  const story = new Story(leading('n2', { term: 4 }), status('n1'), status('n3'));
  story.happens(50_100, 'n1', 'election-started', { term: 3, preVote: false });
  story.happens(50_000, 'n1', 'election-won', { term: 3, tally: 2 });
  before(story);
  return story
    .happens(3_100, 'n2', 'election-timeout', { term: 3, lastLeader: 'n1', ...timeout })
    .happens(3_090, 'n2', 'election-started', { term: 4, preVote: false, votesNeeded: 2 })
    .happens(3_050, 'n2', 'vote-received', { term: 4, from: 'n3', preVote: false })
    .happens(3_000, 'n2', 'election-won', { term: 4, tally: 2 });
}

const change = { winner: 'n2', term: 4, before: 'n1' };

test('a page that has seen no election says so', () => {
  expect(ask(new Story())?.cause).toEqual({ kind: 'no-change' });
});

test('the first election has nobody before it', () => {
  const story = new Story()
    .happens(5_000, 'n1', 'election-timeout', { term: 0, lastLeader: null, cause: 'timeout' })
    .happens(4_950, 'n1', 'election-started', { term: 1, preVote: false })
    .happens(4_900, 'n1', 'election-won', { term: 1, tally: 1 });
  expect(ask(story)?.cause).toEqual({ kind: 'first', winner: 'n1', term: 1, before: null });
});

test('a leader whose process was killed is the reason, with the moment and the signal', () => {
  const story = succession((told) => told.process(3_200, process('n1', killed)));
  const answer = ask(story);
  expect(answer?.cause).toEqual({ kind: 'process', ...change, what: 'killed', how: 'SIGKILL' });
  expect(answer?.proofs.map(({ kind, node }) => `${kind} ${node}`)).toEqual([
    'process n1',
    'event n2',
    'event n2',
    'event n2',
    'event n2',
  ]);
});

test('a process is the reason even though the supervisor tells a little later than its peers miss it', () => {
  const story = succession((told) => told.says(3_150, status('n1')));
  expect(ask(story.process(2_900, process('n1', killed)))?.cause.kind).toBe('process');
});

test('a process that ended after the election is no reason for it', () => {
  const story = succession(() => undefined).process(1_000, process('n1', killed));
  expect(ask(story)?.cause.kind).toBe('silence');
});

test('a transfer that was asked for is told as one', () => {
  const story = succession((told) => told.happens(3_200, 'n1', 'transfer-started', { to: 'n2' }), {
    cause: 'transfer',
  });
  expect(ask(story)?.cause).toEqual({ kind: 'transfer', ...change });
});

test('a node that was asked to stand is told as such', () => {
  expect(ask(succession(() => undefined, { cause: 'asked' }))?.cause.kind).toBe('asked');
});

test('faults between the old leader and the others are the reason, by the events that began them', () => {
  const answer = ask(succession((told) => told.happens(6_000, 'n1', 'fault-injected', injected)));
  expect(answer?.cause).toMatchObject({ kind: 'cut-off', ...change, faults: [{ owner: 'ann' }] });
  expect(answer?.proofs[0]).toMatchObject({ kind: 'fault', node: 'n1' });
});

test.each([
  ['healed', (told: Story) => told.happens(5_000, 'n1', 'fault-healed', { id: 'f1' })],
  ['gone with its process', (told: Story) => told.happens(5_000, 'n1', 'started', {})],
])('a fault that was %s before is no reason', (_, ended) => {
  const story = succession((told) => {
    told.happens(6_000, 'n1', 'fault-injected', injected);
    ended(told);
  });
  expect(ask(story)?.cause.kind).toBe('silence');
});

test('a leader that stepped down says why, unless it only saw a higher term', () => {
  const stepping = (reason: string) => (told: Story) =>
    told.happens(3_300, 'n1', 'stepped-down', { term: 3, reason });
  expect(ask(succession(stepping('lost-quorum')))?.cause).toMatchObject({
    kind: 'stepped-down',
    reason: 'lost-quorum',
  });
  expect(ask(succession(stepping('higher-term')))?.cause.kind).toBe('silence');
});

test('a process that stood still for longer than an election timer is the reason', () => {
  const still = sample();
  const loop = { p50: 1, p99: 900 };
  const story = succession((told) =>
    told.measures(3_500, 'n1', { ...still, process: { ...still.process, loop } }),
  );
  expect(ask(story)?.cause).toEqual({ kind: 'loop-stall', ...change, ms: 900 });
});

test('what nobody can explain is told as what it was: a closed connection, or silence', () => {
  const closed = succession(() => undefined, { cause: 'disconnected' });
  expect(ask(closed)?.cause.kind).toBe('connection-closed');
  expect(ask(succession(() => undefined))?.cause).toEqual({
    kind: 'silence',
    ...change,
    electionMs: [500, 1000],
  });
});
