import { expect, test } from 'vitest';
import { blank, fault, killed, process, status } from '../../../test/fixtures.js';
import { sample } from '../../../test/heard.js';
import { Story } from '../../../test/story.js';
import type { Answer } from './answer.js';
import { explainWhy } from './explain.js';

const leaderless = { leader: null, votedFor: null, leaderContactMs: null } as const;
const without = (id: string, changes = {}) => status(id, { ...leaderless, ...changes });

function ask(story: Story): readonly Answer[] {
  return explainWhy({ kind: 'no-leader' }, story.history, story.view);
}

const kinds = (answers: readonly Answer[]) => answers.map(({ cause }) => cause.kind);
const one = (answers: readonly Answer[], kind: string) =>
  answers.find(({ cause }) => cause.kind === kind);

/** Nobody leads, and all three are up. */
const headless = () => new Story(without('n1'), without('n2'), without('n3'));

test('a cluster that is led says who leads', () => {
  expect(ask(new Story())[0]?.cause).toEqual({ kind: 'led', leader: 'n1', term: 3 });
});

test('too few voters that are up come first, with who is down, how, and what starts them', () => {
  const story = headless()
    .process(3_000, process('n2', killed))
    .process(2_000, process('n3', { state: 'paused' }));
  const answers = ask(story);
  expect(kinds(answers)).toEqual(['quorum-lost', 'voters-down']);
  expect(answers[0]?.cause).toMatchObject({ up: 1, voters: 3, quorum: 2 });
  expect(answers[1]).toMatchObject({
    cause: {
      absent: [
        { id: 'n2', vitality: 'dead', how: 'SIGKILL' },
        { id: 'n3', vitality: 'paused', how: null },
      ],
    },
    proofs: [
      { kind: 'process', node: 'n2', what: 'killed' },
      { kind: 'process', node: 'n3', what: 'paused' },
    ],
    remedies: ['start:n2', 'resume:n3'],
  });
});

test('a quorum that is up and cut in pieces is put down to the faults, and they are healed', () => {
  const cuts = [
    fault({ id: 'f1', peer: 'n2', direction: 'both' }),
    fault({ id: 'f2', peer: 'n3', direction: 'both' }),
  ];
  const story = new Story(
    without('n1', { faults: cuts }),
    without('n2', { faults: [fault({ id: 'f9', peer: 'n3' })] }),
    without('n3', { faults: [] }),
  ).happens(4_000, 'n1', 'fault-injected', { id: 'f1' });
  const [answer] = ask(story);
  expect(answer?.cause).toMatchObject({
    kind: 'no-quorum-connected',
    sides: [['n1'], ['n2'], ['n3']],
    quorum: 2,
  });
  expect(answer?.remedies).toEqual(['heal:n1/f1', 'heal:n1/f2', 'heal:n2/f9']);
  expect(answer?.proofs[0]).toMatchObject({ kind: 'fault', node: 'n1', t: story.view.at - 4_000 });
});

test('a leader with whom too few agree is told by name and number', () => {
  const story = new Story(
    status('n1', { role: 'leader', faults: [fault({ direction: 'both' })] }),
    without('n2', { term: 2 }),
    without('n3', { term: 2 }),
  );
  const alone = one(ask(story), 'leader-alone');
  expect(alone?.cause).toMatchObject({ leader: 'n1', term: 3, agreeing: ['n1'], quorum: 2 });
  expect(alone?.remedies).toEqual(['heal:n1/f1']);
});

test('a voter that came back empty does not count until it is joined', () => {
  const story = new Story(without('n1'), without('n2'), blank('n3'));
  expect(one(ask(story), 'emptied')).toMatchObject({
    cause: { voters: ['n3'] },
    remedies: ['join:n3'],
  });
});

test('a disk that takes no writes is told, with the event', () => {
  const story = new Story(without('n1'), without('n2', { storageFault: 'full' }), without('n3'));
  story.happens(900, 'n2', 'storage-fault', { fault: 'full' });
  expect(one(ask(story), 'disk')).toMatchObject({
    cause: { voters: ['n2'], fault: 'full' },
    proofs: [{ kind: 'event', node: 'n2' }],
  });
});

test('two who stood in one term split the votes, until somebody wins it', () => {
  const story = headless()
    .happens(1_500, 'n1', 'election-started', { term: 4, preVote: false })
    .happens(1_490, 'n2', 'election-started', { term: 4, preVote: false });
  expect(one(ask(story), 'split-vote')?.cause).toMatchObject({ candidates: ['n1', 'n2'], term: 4 });
  story.happens(1_400, 'n2', 'election-won', { term: 4 });
  expect(kinds(ask(story))).not.toContain('split-vote');
});

test('one who stands alone splits nothing', () => {
  const story = headless().happens(1_500, 'n1', 'election-started', { term: 4, preVote: false });
  expect(kinds(ask(story))).not.toContain('split-vote');
});

test('terms that come and go without a winner are counted', () => {
  const story = headless();
  for (const term of [4, 5, 6]) {
    story.happens(4_000 - term * 500, 'n1', 'election-started', { term, preVote: false });
  }
  expect(one(ask(story), 'terms-rising')?.cause).toEqual({
    kind: 'terms-rising',
    from: 4,
    to: 6,
    ms: 2_000,
  });
});

test('refusals say whose log was behind, and who still heard a leader', () => {
  const refused = (refusal: string) => ({ candidate: 'n1', term: 4, preVote: true, refusal });
  const story = headless()
    .happens(800, 'n2', 'vote-cast', refused('log-behind'))
    .happens(790, 'n3', 'vote-cast', refused('log-behind'))
    .happens(700, 'n3', 'vote-cast', refused('leader-alive'));
  const answers = ask(story);
  expect(one(answers, 'log-behind')).toMatchObject({
    cause: { candidate: 'n1', refusers: ['n2', 'n3'], term: 4 },
    proofs: [{ node: 'n2' }, { node: 'n3' }],
  });
  expect(one(answers, 'leader-alive')?.cause).toMatchObject({ candidate: 'n1', refusers: ['n3'] });
});

test('a process that stood still for longer than an election timer is told', () => {
  const still = sample();
  const loop = { p50: 1, p99: 800 };
  const story = headless().measures(500, 'n2', { ...still, process: { ...still.process, loop } });
  expect(one(ask(story), 'stalled')?.cause).toMatchObject({ nodes: ['n2'], ms: 800 });
});

test('a link that flaps is told beside what it leads to', () => {
  const flap = fault({ effect: { type: 'flap', cutMs: 500, wholeMs: 500 } });
  const story = new Story(without('n1', { faults: [flap] }), without('n2'), without('n3'));
  expect(one(ask(story), 'flapping')?.remedies).toEqual(['heal:n1/f1']);
});

test('an election that is under way is told, and one that is due where nobody stands yet', () => {
  const standing = new Story(without('n1'), without('n2', { role: 'candidate', term: 4 }));
  expect(one(ask(standing), 'under-way')?.cause).toMatchObject({ candidates: ['n2'], term: 4 });
  const waiting = headless().happens(5_000, 'n3', 'election-won', { term: 3 });
  expect(ask(waiting).map(({ cause }) => cause)).toEqual([
    { kind: 'election-due', last: 'n3', electionMs: [500, 1000] },
  ]);
});
