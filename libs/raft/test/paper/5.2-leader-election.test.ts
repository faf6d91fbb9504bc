import { describe, expect, test } from 'vitest';
import {
  appendRequest,
  command,
  heartbeat,
  heartbeatResponse,
  voteRequest,
  voteResponse,
} from '../cluster/messages.js';
import { Network } from '../cluster/network.js';
import { member } from '../cluster/server.js';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];

/** S1 asks for real votes, and nothing is delivered yet. */
function standing(members = ['S1', 'S2', 'S3']): Network {
  const net = new Network({ members });
  net.expire('S1');
  net.deliver({ type: 'vote-request' });
  net.deliver({ type: 'vote-response' });
  return net;
}

describe('§5.2 standing for election', () => {
  test('a follower that hears no leader for an election timeout stands', () => {
    const net = new Network();
    net.expire('S1');
    expect(net.now).toBeGreaterThanOrEqual(500);
    expect(net.events('S1', 'election-timeout')).toMatchObject([{ cause: 'timeout' }]);
  });

  test('a follower that hears its leader does not', () => {
    const net = new Network();
    net.elect('S1');
    net.elapse(10_000);
    expect(net.events('S2', 'election-timeout')).toEqual([]);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('a candidate raises its term, votes for itself and asks all voters', () => {
    const net = standing();
    expect(net.status('S1')).toMatchObject({ role: 'candidate', term: 2, votedFor: 'S1' });
    const request = { type: 'vote-request', preVote: false, term: 2, lastIndex: 1, lastTerm: 1 };
    expect(net.sent({ from: 'S1', to: 'S2' })).toMatchObject([request]);
    expect(net.sent({ from: 'S1', to: 'S3' })).toMatchObject([request]);
  });

  test.each([
    [1, []],
    [2, ['S2']],
    [3, ['S2']],
    [4, ['S2', 'S3']],
    [5, ['S2', 'S3']],
  ])('of %i servers, a candidate wins with its own vote and those of %j', (size, grants) => {
    const net = standing(five.slice(0, size));
    net.take();
    for (const [i, from] of grants.entries()) {
      expect(net.status('S1').role).toBe('candidate');
      net.receive('S1', from, voteResponse({ term: 2 }));
      expect(net.events('S1', 'vote-received').at(-1)).toMatchObject({ from, tally: i + 2 });
    }
    expect(net.status('S1')).toMatchObject({ role: 'leader', leader: 'S1' });
  });

  test('one voter counts once, however often its answer arrives', () => {
    const net = standing(five);
    net.take();
    for (let i = 0; i < 3; i++) net.receive('S1', 'S2', voteResponse({ term: 2 }));
    expect(net.status('S1').role).toBe('candidate');
  });

  test('votes of another term, of learners and of strangers do not count', () => {
    const net = standing(five);
    net.take();
    net.receive('S1', 'S2', voteResponse({ term: 1 }));
    net.receive('S1', 'S3', voteResponse({ term: 3 }));
    net.receive('S1', 'S8', voteResponse({ term: 2 }));
    net.receive('S1', 'S9', voteResponse({ term: 2 }));
    expect(net.status('S1')).toMatchObject({ role: 'candidate', term: 2 });
  });

  test('a late grant of a pre-vote is no vote', () => {
    const net = standing(five);
    net.take();
    net.receive('S1', 'S4', voteResponse({ term: 2, preVote: true }));
    net.receive('S1', 'S5', voteResponse({ term: 2, preVote: true }));
    expect(net.status('S1').role).toBe('candidate');
  });

  test('a late refusal of an earlier round does not hide the vote of this one', () => {
    const net = standing(five);
    net.take();
    net.receive('S1', 'S2', voteResponse({ term: 1, refusal: 'log-behind' }));
    net.receive('S1', 'S2', voteResponse({ term: 2 }));
    net.receive('S1', 'S3', voteResponse({ term: 2 }));
    expect(net.status('S1').role).toBe('leader');
  });

  test('a new leader shows itself at once, with an entry of its own', () => {
    const net = standing();
    net.take();
    net.receive('S1', 'S2', voteResponse({ term: 2 }));
    expect(net.sent({ from: 'S1' })).toMatchObject([
      { type: 'append-request', term: 2, prevIndex: 1, entries: [{ index: 2, type: 'noop' }] },
      { type: 'append-request', term: 2, prevIndex: 1, entries: [{ index: 2, type: 'noop' }] },
    ]);
  });

  test('a candidate that hears a leader of its term follows it', () => {
    const net = standing();
    net.receive('S1', 'S2', appendRequest({ term: 2, entries: [command(2, 2)] }));
    expect(net.status('S1')).toMatchObject({ role: 'follower', leader: 'S2', votedFor: 'S1' });
    expect(net.log('S1')).toEqual([1, 2]);
  });

  test('a candidate that hears a leader of an older term stays a candidate', () => {
    const net = standing();
    net.receive('S1', 'S2', heartbeat({ term: 1 }));
    expect(net.status('S1')).toMatchObject({ role: 'candidate', leader: null });
  });

  test('a candidate that a majority refuses gives up until its next timeout', () => {
    const net = standing();
    net.take();
    net.receive('S1', 'S2', voteResponse({ term: 2, refusal: 'already-voted' }));
    expect(net.status('S1').role).toBe('candidate');
    net.receive('S1', 'S3', voteResponse({ term: 2, refusal: 'already-voted' }));
    expect(net.status('S1')).toMatchObject({ role: 'follower', term: 2, votedFor: 'S1' });
  });

  test('a split vote ends with a new election in a new term', () => {
    const net = new Network({ members: five.slice(0, 4) });
    for (const id of ['S1', 'S2']) net.expire(id);
    net.deliver({ type: 'vote-request' });
    net.deliver({ type: 'vote-response' });
    expect(net.status('S1').role).toBe('candidate');
    expect(net.status('S2').role).toBe('candidate');
    // S3 hears S1 first, S4 hears S2 first.
    net.deliver({ from: 'S1', to: 'S3' });
    net.deliver({ from: 'S2', to: 'S4' });
    net.settle();
    for (const id of net.ids) expect(net.status(id)).toMatchObject({ term: 2, leader: null });

    net.elect('S2');
    expect(net.status('S2').term).toBe(3);
  });
});

describe('§5.2 voting', () => {
  test('a server votes for one candidate in a term, first come first served', () => {
    const net = new Network({ members: five });
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    net.receive('S1', 'S3', voteRequest({ term: 2 }));
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    expect(net.sent({ from: 'S1' })).toMatchObject([
      { term: 2, refusal: null },
      { term: 2, refusal: 'already-voted' },
      { term: 2, refusal: null },
    ]);
  });

  test('it may vote again in a later term', () => {
    const net = new Network();
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    net.receive('S1', 'S3', voteRequest({ term: 3 }));
    expect(net.status('S1')).toMatchObject({ term: 3, votedFor: 'S3' });
  });

  test('a vote is kept across a crash', () => {
    const net = new Network();
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    net.take();
    net.restart('S1');
    net.receive('S1', 'S3', voteRequest({ term: 2 }));
    expect(net.sent({ from: 'S1' })).toMatchObject([{ refusal: 'already-voted' }]);
  });

  test('a vote is answered only once it is durable', () => {
    const net = new Network();
    net.slowDisk('S1');
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    expect(net.sent({ from: 'S1' })).toEqual([]);
    net.persist('S1');
    expect(net.sent({ from: 'S1' })).toMatchObject([{ type: 'vote-response', refusal: null }]);
  });

  test('a vote that was not durable is not known after a crash, and was never told', () => {
    const net = new Network();
    net.slowDisk('S1');
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    net.restart('S1');
    expect(net.sent({ from: 'S1' })).toEqual([]);
    expect(net.status('S1')).toMatchObject({ term: 1, votedFor: null });
  });

  test('term and vote are one record: no crash can keep one without the other', () => {
    const net = new Network();
    net.slowDisk('S1');
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    expect(net.server('S1').writes).toMatchObject([{ hardState: { term: 2, votedFor: 'S2' } }]);
  });

  test('the same vote, asked again while it is being written, waits for that write too', () => {
    const net = new Network();
    net.slowDisk('S1');
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    expect(net.sent({ from: 'S1' })).toEqual([]);
    net.persist('S1');
    expect(net.sent({ from: 'S1' })).toHaveLength(2);
  });

  test('a candidate asks, and counts itself, only once its own vote is durable', () => {
    const net = new Network();
    net.slowDisk('S1');
    net.expire('S1');
    net.deliver({ type: 'vote-request' });
    net.deliver({ type: 'vote-response' });
    expect(net.status('S1').role).toBe('candidate');
    expect(net.sent({ from: 'S1' })).toEqual([]);
    net.receive('S1', 'S2', voteResponse({ term: 2 }));
    expect(net.status('S1').role).toBe('candidate');
    net.persist('S1', 1);
    expect(net.status('S1').role).toBe('leader');
  });

  test('a same-term step-down keeps the vote', () => {
    const net = standing();
    net.take();
    net.receive('S1', 'S2', heartbeat({ term: 2 }));
    expect(net.status('S1')).toMatchObject({ role: 'follower', votedFor: 'S1' });
    net.take();
    net.now += 2000;
    net.receive('S1', 'S3', voteRequest({ term: 2 }));
    expect(net.sent({ from: 'S1' })).toMatchObject([{ refusal: 'already-voted' }]);
  });

  test('giving a vote puts off the own election', () => {
    const net = new Network();
    net.now = 700;
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    expect(net.status('S1').electionInMs).toBeGreaterThanOrEqual(500);
  });

  test('refusing one does not', () => {
    const net = new Network();
    net.now = 700;
    net.receive('S1', 'S2', voteRequest({ term: 2, lastIndex: 0, lastTerm: 0 }));
    expect(net.status('S1').electionInMs).toBe(50);
  });

  test('a learner does not stand, however long it hears nobody', () => {
    const net = new Network({ members: ['S1', 'S2', 'S3', member('S4', 'learner')] });
    net.elect('S1');
    net.isolate('S4');
    net.elapse(5000);
    expect(net.status('S4')).toMatchObject({ role: 'follower', leader: null, electionInMs: null });
    expect(net.events('S4', 'election-started')).toEqual([]);
  });
});

describe('§5.2 one server alone', () => {
  test('needs nobody: it leads as soon as its vote is durable, and commits by its own disk', () => {
    const net = new Network({ members: ['S1'] });
    net.expire('S1');
    expect(net.now).toBe(0);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2, commitIndex: 2 });
    net.propose('S1', 'x');
    expect(net.applied('S1')).toEqual(['x']);
  });

  test('restarts as its own leader at once, with all its entries', () => {
    const net = new Network({ members: ['S1'] });
    net.expire('S1');
    net.propose('S1', 'x');
    net.restart('S1');
    net.expire('S1');
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 3 });
    expect(net.applied('S1')).toEqual(['x']);
  });
});

describe('§5.2 bootstrap', () => {
  const bootstrap = { type: 'bootstrap', id: 1, member: member('S1') } as const;

  test('a blank server belongs to no cluster, and does nothing by itself', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    expect(net.server('S1').core.nextDeadline()).toBe(Infinity);
    expect(net.answer('S1', net.propose('S1', 'x'))).toMatchObject({ refusal: 'not-bootstrapped' });
    expect(net.answer('S1', net.read('S1'))).toMatchObject({ refusal: 'not-bootstrapped' });
  });

  test('makes it the only voter, and its leader', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    net.step('S1', bootstrap);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2, commitIndex: 2 });
    expect(net.status('S1').configuration).toMatchObject({ index: 1, members: [{ id: 'S1' }] });
  });

  test('happens once', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    net.step('S1', bootstrap);
    net.step('S1', { ...bootstrap, id: 2 });
    expect(net.answer('S1', 2)).toMatchObject({ refusal: 'already-bootstrapped' });
  });

  test('a stray answer of another server does not stand in its way', () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    net.receive('S1', 'S2', heartbeatResponse({ term: 7 }));
    net.step('S1', bootstrap);
    expect(net.status('S1').role).toBe('leader');
  });
});
