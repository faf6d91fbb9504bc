import { expect, test } from 'vitest';
import { blank, fault, killed, leading, process, status } from '../../../test/fixtures.js';
import { sample } from '../../../test/heard.js';
import { Story } from '../../../test/story.js';
import { now } from '../../../test/observed.js';
import type { Answer } from './answer.js';
import { explainWhy } from './explain.js';

function ask(story: Story): readonly Answer[] {
  return explainWhy({ kind: 'behind', node: 'n3' }, story.history, story.view);
}

const lacking = { lastIndex: 6, commitIndex: 6, appliedIndex: 6, durableIndex: 6 };
/** n3 lacks four of ten entries. */
const late = (changes = {}) => status('n3', { ...lacking, ...changes });
const cluster = (n3 = late(), n1 = leading()) => new Story(n1, status('n2'), n3);

function progress(changes: object) {
  const words = leading();
  return leading('n1', {
    peers: words.peers.map((peer) => (peer.id === 'n3' ? { ...peer, ...changes } : peer)),
  });
}

test('a node that has everything is not behind', () => {
  expect(ask(new Story()).map(({ cause }) => cause)).toEqual([{ kind: 'not-behind', node: 'n3' }]);
});

test('a node that nobody knows is not explained', () => {
  const story = new Story();
  expect(explainWhy({ kind: 'behind', node: 'n9' }, story.history, story.view)[0]?.cause.kind).toBe(
    'unknown-node',
  );
});

test('a dead or paused node says how it went, and what brings it back', () => {
  expect(ask(cluster().process(4_000, process('n3', killed)))).toMatchObject([
    {
      cause: { kind: 'not-running', vitality: 'dead', how: 'SIGKILL' },
      proofs: [{ kind: 'process', node: 'n3', t: now - 4_000 }],
      remedies: ['start:n3'],
    },
  ]);
  expect(ask(cluster().process(50, process('n3', { state: 'paused' })))[0]?.remedies).toEqual([
    'resume:n3',
  ]);
});

test('who is no member is sent nothing, until it is joined', () => {
  expect(ask(cluster(blank('n3')))).toMatchObject([
    { cause: { kind: 'not-a-member' }, remedies: ['join:n3'] },
  ]);
});

test('without a leader the question goes on to why there is none', () => {
  const leaderless = { leader: null };
  const story = new Story(status('n1', leaderless), status('n2', leaderless), late(leaderless));
  expect(ask(story)).toMatchObject([
    { cause: { kind: 'nobody-leads' }, next: { kind: 'no-leader' } },
  ]);
});

test('faults between it and the leader are the reason, in both directions, and no others', () => {
  const faults = [
    fault({ id: 'f1', peer: 'n3', effect: { type: 'delay', ms: 500 } }),
    fault({ id: 'f2', peer: 'n2' }),
  ];
  const story = new Story(
    leading('n1', { faults }),
    status('n2', { faults: [fault({ id: 'f7', peer: 'n3' })] }),
    late({ faults: [fault({ id: 'f5', peer: 'n1' })] }),
  );
  const [answer] = ask(story);
  expect(answer?.cause.kind).toBe('link-faults');
  expect(answer?.remedies).toEqual(['heal:n1/f1', 'heal:n3/f5']);
});

test('a leader without a connection to it says why', () => {
  const connections = [{ id: 'n3', connected: false, error: 'ECONNREFUSED', protocol: null }];
  expect(ask(cluster(late(), leading('n1', { connections })))[0]?.cause).toMatchObject({
    kind: 'not-connected',
    error: 'ECONNREFUSED',
  });
});

test('a snapshot on its way tells how much of it is there', () => {
  const snapshot = { index: 5, receivedBytes: 25, bytes: 100 };
  const story = cluster(late(), progress({ state: 'snapshot', snapshot })).happens(
    700,
    'n1',
    'snapshot-sending',
    { peer: 'n3', index: 5, bytes: 100 },
  );
  expect(ask(story)[0]).toMatchObject({
    cause: { kind: 'snapshot', transfer: snapshot },
    proofs: [{ kind: 'event', node: 'n1' }],
  });
});

test('a log that differs is told by the refusals that show it', () => {
  const story = cluster(late(), progress({ state: 'probe', next: 4 })).happens(
    300,
    'n1',
    'append-rejected',
    { peer: 'n3', next: 4 },
  );
  expect(ask(story)[0]?.cause).toMatchObject({ kind: 'conflict', next: 4 });
});

test('a disk that refuses writes, and one that is slow', () => {
  expect(ask(cluster(late({ storageFault: 'full' })))[0]?.cause).toMatchObject({
    kind: 'disk-refuses',
    fault: 'full',
  });
  const slow = sample();
  const log = { ...slow.log, sync: { p50: 90, p99: 400 } };
  const story = cluster(late({ lastIndex: 9 })).measures(500, 'n3', { ...slow, log });
  expect(ask(story)[0]?.cause).toMatchObject({ kind: 'disk-slow', undurable: 3, syncMs: 400 });
});

test('a process that stands still, and one that has only just started', () => {
  const still = sample();
  const loop = { p50: 1, p99: 300 };
  const stalls = cluster().measures(500, 'n3', { ...still, process: { ...still.process, loop } });
  expect(ask(stalls)[0]?.cause).toMatchObject({ kind: 'stalls', ms: 300 });
  const young = cluster().process(2_000, process('n3', { startedAt: now - 2_000 }));
  expect(ask(young)[0]?.cause).toMatchObject({ kind: 'just-started', ms: 2_000, missing: 4 });
});

test('a node that has entries and has not applied them says so', () => {
  const story = cluster(status('n3', { appliedIndex: 7 }));
  expect(ask(story)[0]?.cause).toMatchObject({ kind: 'applying', unapplied: 3 });
});

test('without any other reason it is catching up, by what the leader says of it', () => {
  expect(ask(cluster(late(), progress({ match: 6, inflight: 2 })))).toMatchObject([
    {
      cause: { kind: 'catching-up', missing: 4, inflight: 2 },
      proofs: [{ kind: 'progress', node: 'n1', progress: { id: 'n3', match: 6 } }],
    },
  ]);
});
