import { describe, expect, test } from 'vitest';
import { heartbeatResponse, voteRequest } from '../cluster/messages.js';
import { Network, type NetworkOptions } from '../cluster/network.js';

/** Election timeouts are 500 to 1000 ms: a follower's promise is for 500, and counts for 450. */
const promiseMs = 500;
const leaseMs = 450;

/** S1 leads, and has had one round of heartbeats answered. */
function leased(options: NetworkOptions = {}): Network {
  const net = new Network({ leaseReads: true, ...options });
  net.now += promiseMs;
  net.elect('S1');
  net.expire('S1');
  net.settle();
  return net;
}

describe('thesis §6.4.1 a read by lease', () => {
  test('is answered at once, without a message, with the commit index', () => {
    const net = leased();
    net.propose('S1', 'x');
    net.settle();
    expect(net.answer('S1', net.leaseRead('S1'))).toMatchObject({ type: 'readable', index: 3 });
    expect(net.sent()).toEqual([]);
  });

  test('asks as any read does where leases are off', () => {
    const net = leased({ leaseReads: false });
    const read = net.leaseRead('S1');
    expect(net.answer('S1', read)).toBeUndefined();
    net.settle();
    expect(net.answer('S1', read)).toMatchObject({ type: 'readable' });
  });

  test('asks as any read does at a follower', () => {
    const net = leased();
    const read = net.leaseRead('S2');
    expect(net.sent({ from: 'S2' })).toMatchObject([{ type: 'read-request' }]);
    net.settle();
    expect(net.answer('S2', read)).toMatchObject({ type: 'readable' });
  });

  test('waits, on a new leader, until an entry of its own term is committed', () => {
    const net = new Network({ leaseReads: true });
    net.now += promiseMs;
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    net.take({ type: 'append-request' });
    net.expire('S1');
    net.deliver({ type: 'heartbeat' });
    net.deliver({ type: 'heartbeat-response' });
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });
});

describe('thesis §6.4.1 the lease', () => {
  test('lasts for a tenth less than what followers promise', () => {
    const net = leased();
    net.isolate('S2', 'S3');
    net.now += leaseMs - 1;
    expect(net.answer('S1', net.leaseRead('S1'))).toMatchObject({ type: 'readable' });
    net.now += 1;
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });

  test('counts from when heartbeats were sent, not from when they were answered', () => {
    const net = leased();
    net.expire('S1');
    net.deliver({ type: 'heartbeat' });
    net.now += leaseMs;
    net.deliver({ type: 'heartbeat-response' });
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });

  test('is that of a majority: one of four followers is none', () => {
    const net = leased({ members: ['S1', 'S2', 'S3', 'S4', 'S5'] });
    net.now += leaseMs - 50;
    net.isolate('S3', 'S4', 'S5');
    net.tick('S1');
    net.settle();
    net.now += 50;
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });

  test('is not that of followers who do not promise', () => {
    const net = leased();
    net.now += 1000;
    const [sent] = net.take({ type: 'heartbeat' });
    expect(sent).toBeUndefined();
    net.tick('S1');
    const heartbeats = net.take({ type: 'heartbeat' });
    for (const { to, message } of heartbeats) {
      if (message.type !== 'heartbeat') continue;
      const { term, session, sentAt } = message;
      net.receive('S1', to, heartbeatResponse({ term, session, sentAt, holdMs: 0 }));
    }
    expect(heartbeats).toHaveLength(2);
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });

  test('is nothing to a leader with leases off, whatever its followers promise', () => {
    const net = leased({ leaseReads: false });
    net.expire('S1');
    for (const { to, message } of net.take({ type: 'heartbeat' })) {
      if (message.type !== 'heartbeat') continue;
      const { term, session, sentAt } = message;
      net.receive('S1', to, heartbeatResponse({ term, session, sentAt, holdMs: promiseMs }));
    }
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });

  test('an answer to a heartbeat that was never sent lengthens nothing, and is told', () => {
    const net = leased();
    net.isolate('S2', 'S3');
    net.receive('S1', 'S2', heartbeatResponse({ term: 2, sentAt: 2 ** 45, holdMs: promiseMs }));
    expect(net.events('S1', 'bad-message')).toHaveLength(1);
    net.now += leaseMs;
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });

  test('ends while a machine sleeps, although its monotonic clock has not moved', () => {
    const net = leased();
    net.isolate('S2', 'S3');
    net.suspend('S1', leaseMs);
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
  });

  test('is given up for the rest of the term once a transfer has told another to stand', () => {
    const net = leased();
    net.slowDisk('S2');
    const transfer = net.transfer('S1', 'S2');
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
    const stand = net.take({ type: 'timeout-now' });
    net.elapse(1000);
    expect(net.answer('S1', transfer)).toMatchObject({ refusal: 'transfer-timed-out' });
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
    // What was sent late comes late, and wins although everybody hears the leader.
    net.take();
    for (const envelope of stand) net.hand(envelope);
    net.persist('S2');
    net.deliver({ type: 'vote-request', to: 'S3' });
    net.deliver({ type: 'vote-response', from: 'S3' });
    net.persist('S2');
    expect(net.status('S2').role).toBe('leader');
    expect(net.status('S1').role).toBe('leader');
  });

  test('goes on after a transfer whose target was never told to stand', () => {
    const net = leased();
    net.isolate('S2');
    net.propose('S1', 'x');
    net.settle();
    net.transfer('S1', 'S2');
    net.elapse(1100);
    expect(net.answer('S1', net.leaseRead('S1'))).toMatchObject({ type: 'readable', index: 3 });
  });
});

describe('thesis §6.4.1 a follower keeps its promise', () => {
  /** S1's connections break, and everybody suspects it. */
  function suspected(leaseReads: boolean): Network {
    const net = leased({ leaseReads });
    net.isolate('S1');
    net.disconnect('S2', 'S1');
    net.disconnect('S3', 'S1');
    return net;
  }

  test('it votes for nobody else, even where the connection to its leader breaks', () => {
    const net = suspected(true);
    net.receive('S2', 'S3', voteRequest({ term: 3, lastIndex: 9, lastTerm: 2 }));
    expect(net.sent({ from: 'S2' })).toMatchObject([{ refusal: 'leader-alive' }]);
  });

  test.each([
    { leaseReads: true, standsAfter: promiseMs },
    { leaseReads: false, standsAfter: 0 },
  ])('nor does it stand itself: %j', ({ leaseReads, standsAfter }) => {
    const net = suspected(leaseReads);
    const wait = net.server('S2').nextDeadline - net.now;
    expect(wait).toBeGreaterThanOrEqual(standsAfter);
    expect(wait).toBeLessThanOrEqual(standsAfter + 100);
  });

  test('no other leads before the lease is over', () => {
    const net = suspected(true);
    net.elapse(leaseMs);
    expect(net.answer('S1', net.leaseRead('S1'))).toBeUndefined();
    expect(net.ids.map((id) => net.status(id).role)).toEqual(['leader', 'follower', 'follower']);
    net.elapse(promiseMs);
    expect(net.ids.some((id) => net.status(id).term === 3)).toBe(true);
  });

  test('it keeps it over a restart, which makes it forget whom it gave it', () => {
    const net = leased();
    net.restart('S2');
    net.receive('S2', 'S3', voteRequest({ term: 3, lastIndex: 9, lastTerm: 2 }));
    expect(net.sent({ from: 'S2' })).toMatchObject([{ refusal: 'leader-alive' }]);
    net.take();
    net.now += promiseMs;
    net.receive('S2', 'S3', voteRequest({ term: 3, lastIndex: 9, lastTerm: 2 }));
    expect(net.sent({ from: 'S2' })).toMatchObject([{ refusal: null }]);
  });

  test('it is released by its leader, which hands over', () => {
    const net = leased();
    net.transfer('S1', 'S2');
    net.settle();
    expect(net.status('S2').role).toBe('leader');
  });
});
