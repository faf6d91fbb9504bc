import { describe, expect, test } from 'vitest';
import {
  appendRequest,
  heartbeat,
  heartbeatResponse,
  voteRequest,
  voteResponse,
} from '../cluster/messages.js';
import { Network } from '../cluster/network.js';

describe('§5.1 terms are the logical clock of the cluster', () => {
  test('servers start as followers, and know no leader', () => {
    const net = new Network();
    expect(net.status('S1')).toMatchObject({ role: 'follower', leader: null, votedFor: null });
  });

  test.each([
    ['an append request', appendRequest({ term: 5 })],
    ['a heartbeat', heartbeat({ term: 5 })],
    ['a vote request', voteRequest({ term: 5 })],
  ])('a server that sees a larger term in %s adopts it, and writes it down', (_, message) => {
    const net = new Network();
    net.receive('S1', 'S2', message);
    expect(net.status('S1').term).toBe(5);
    net.restart('S1');
    expect(net.status('S1').term).toBe(5);
  });

  test.each([
    ['an append request', appendRequest({ term: 5 })],
    ['a heartbeat', heartbeat({ term: 5 })],
    ['an answer to its heartbeat', heartbeatResponse({ term: 5 })],
    ['a refused vote', voteResponse({ term: 5, refusal: 'stale-term' })],
  ])('a leader that sees a larger term in %s becomes a follower', (_, message) => {
    const net = new Network();
    net.elect('S1');
    net.receive('S1', 'S2', message);
    expect(net.status('S1')).toMatchObject({ role: 'follower', term: 5, votedFor: null });
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'higher-term' }]);
  });

  test('a candidate that sees a larger term becomes a follower', () => {
    const net = new Network();
    net.expire('S1');
    net.deliver();
    net.deliver();
    expect(net.status('S1').role).toBe('candidate');
    net.receive('S1', 'S2', heartbeat({ term: 5 }));
    expect(net.status('S1')).toMatchObject({ role: 'follower', term: 5, leader: 'S2' });
  });

  test('a request of an older term is refused, and the answer tells the newer one', () => {
    const net = new Network();
    net.receive('S1', 'S2', heartbeat({ term: 5 }));
    net.take();
    net.receive('S1', 'S3', appendRequest({ term: 4, entries: [] }));
    net.receive('S1', 'S3', heartbeat({ term: 4 }));
    net.receive('S1', 'S3', voteRequest({ term: 4 }));
    expect(net.status('S1').leader).toBe('S2');
    expect(net.sent({ to: 'S3' })).toMatchObject([
      { type: 'append-response', term: 5, match: null },
      { type: 'heartbeat-response', term: 5 },
      { type: 'vote-response', term: 5, refusal: 'leader-alive' },
    ]);
  });

  test('the answer to a deposed leader makes it step down', () => {
    const net = new Network();
    net.elect('S1');
    net.isolate('S1');
    net.now += 2000;
    net.elect('S2');
    net.heal();
    net.propose('S1', 'too late');
    net.settle();
    expect(net.status('S1')).toMatchObject({ role: 'follower', term: 3 });
    expect(net.applied('S2')).toEqual([]);
  });
});
