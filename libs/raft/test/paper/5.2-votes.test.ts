import { describe, expect, test } from 'vitest';
import { heartbeat, voteRequest, voteResponse } from '../cluster/messages.js';
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
