import { describe, expect, test } from 'vitest';
import { appendRequest, command, heartbeat, voteResponse } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';

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
