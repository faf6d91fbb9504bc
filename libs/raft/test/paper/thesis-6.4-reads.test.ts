import { describe, expect, test } from 'vitest';
import { heartbeatResponse } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';
import { member } from '../cluster/server.js';

function led(members: ConstructorParameters<typeof Network>[0] = {}): Network {
  const net = new Network(members);
  net.elect('S1');
  return net;
}

const commands = [{ type: 'command', data: Buffer.from('x') }] as const;

describe('thesis §6.4 a linearizable read at the leader', () => {
  test('is answered with the commit index of its start, once a majority has confirmed the leader', () => {
    const net = led();
    net.propose('S1', 'x');
    net.settle();
    const read = net.read('S1');
    expect(net.answer('S1', read)).toBeUndefined();
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.answer('S1', read)).toMatchObject({ type: 'readable', index: 3 });
  });

  test('writes nothing', () => {
    const net = led();
    net.read('S1');
    net.settle();
    expect(net.log('S1')).toEqual([1, 2]);
  });

  test('of five servers, one follower is not a majority, and two are', () => {
    const net = led({ members: ['S1', 'S2', 'S3', 'S4', 'S5'] });
    const read = net.read('S1');
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.answer('S1', read)).toBeUndefined();
    net.deliver({ to: 'S3' });
    net.deliver({ from: 'S3' });
    expect(net.answer('S1', read)).toMatchObject({ type: 'readable' });
  });

  test('is not confirmed by learners', () => {
    const net = led({ members: ['S1', 'S2', 'S3', member('S4', 'learner')] });
    net.isolate('S2', 'S3');
    const read = net.read('S1');
    net.settle();
    expect(net.answer('S1', read)).toBeUndefined();
  });

  test('waits, on a new leader, until an entry of its own term is committed', () => {
    const net = new Network({ logs: { S1: [1, 1], S2: [1, 1], S3: [1, 1] } });
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    const read = net.read('S1');
    // Heartbeats alone prove that it leads, but not how far its predecessor had committed.
    net.take({ type: 'append-request' });
    net.now += 100;
    net.tick('S1');
    net.deliver({ type: 'heartbeat' });
    net.deliver({ type: 'heartbeat-response' });
    expect(net.answer('S1', read)).toBeUndefined();
    net.elapse(300);
    expect(net.answer('S1', read)).toMatchObject({ type: 'readable', index: 3 });
  });

  test('is not answered by a deposed leader that does not know it yet', () => {
    const net = led();
    net.isolate('S1');
    net.now += 2000;
    net.elect('S2');
    net.propose('S2', 'newer');
    net.settle();
    const read = net.read('S1');
    net.heal();
    net.settle();
    expect(net.answer('S1', read)).toBeUndefined();
    net.elapse(300);
    expect(net.answer('S1', read)).toMatchObject({ refusal: 'leadership-lost' });
  });

  test('one round of heartbeats serves all reads that came before it', () => {
    const net = led();
    const first = net.read('S1');
    net.take();
    const reads = [net.read('S1'), net.read('S1'), net.read('S1')];
    expect(net.sent()).toEqual([]);
    net.expire('S1');
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.answer('S1', first)).toMatchObject({ type: 'readable' });
    // The three came after that round had started: they share the next one, which begins now.
    expect(net.sent({ to: 'S2' })).toMatchObject([{ type: 'heartbeat', readPosition: 2 }]);
    for (const read of reads) expect(net.answer('S1', read)).toBeUndefined();
    net.settle();
    for (const read of reads) expect(net.answer('S1', read)).toMatchObject({ type: 'readable' });
  });

  test('duplicate and delayed heartbeat answers never confirm a later read', () => {
    const net = led();
    net.read('S1');
    net.deliver({ to: 'S2' });
    net.deliver({ to: 'S3' });
    const old = net.take({ to: 'S1' });
    for (const envelope of old) net.hand(envelope);
    net.isolate('S2', 'S3');
    const later = net.read('S1');
    for (const envelope of [...old, ...old]) net.hand(envelope);
    expect(net.answer('S1', later)).toBeUndefined();
  });

  test('nor do answers to an earlier leadership of the same server, even across its restart', () => {
    const net = led();
    for (let i = 0; i < 3; i++) {
      net.read('S1');
      net.settle();
    }
    net.read('S1');
    net.deliver({ to: 'S2' });
    const old = net.take({ from: 'S2', to: 'S1' });
    net.take();
    net.restart('S1');
    net.now += 2000;
    net.elect('S1');
    net.isolate('S2', 'S3');
    const read = net.read('S1');
    for (const envelope of old) net.hand(envelope);
    expect(net.answer('S1', read)).toBeUndefined();
  });

  test('an answer with a position that was never sent confirms nothing', () => {
    const net = led();
    net.expire('S1');
    const [sent] = net.take({ to: 'S2', type: 'heartbeat' });
    const session = sent?.message.type === 'heartbeat' ? sent.message.session : 0;
    net.isolate('S2', 'S3');
    net.receive('S1', 'S2', heartbeatResponse({ term: 2, session, readPosition: 99 }));
    const read = net.read('S1');
    expect(net.answer('S1', read)).toBeUndefined();
  });

  test('alone, a leader answers at once', () => {
    const net = led({ members: ['S1'] });
    expect(net.answer('S1', net.read('S1'))).toMatchObject({ type: 'readable', index: 2 });
  });

  test('a lost heartbeat delays a read by one heartbeat', () => {
    const net = led();
    const read = net.read('S1');
    net.take();
    net.elapse(100);
    expect(net.answer('S1', read)).toMatchObject({ type: 'readable' });
  });

  test('reads that wait have a bound', () => {
    const net = led({ limits: { maxWaiting: 2 } });
    net.isolate('S1');
    net.read('S1');
    net.read('S1');
    expect(net.answer('S1', net.read('S1'))).toMatchObject({ refusal: 'overloaded' });
  });
});

describe('thesis §6.4 a linearizable read at a follower', () => {
  test('at a learner as well, which confirms nothing by it', () => {
    const net = led({ members: ['S1', 'S2', 'S3', member('S4', 'learner')] });
    const read = net.read('S4');
    net.settle();
    expect(net.answer('S4', read)).toMatchObject({ type: 'readable', index: 2 });
    net.isolate('S2', 'S3');
    const later = net.read('S4');
    net.settle();
    expect(net.answer('S4', later)).toBeUndefined();
  });

  test('and is not answered by a leader that was deposed meanwhile, not even by old confirmations', () => {
    const net = led();
    net.read('S1');
    net.deliver({ type: 'heartbeat' });
    const old = net.take({ type: 'heartbeat-response' });
    net.isolate('S1');
    net.now += 2000;
    net.elect('S2');
    net.propose('S2', 'newer');
    net.settle();
    net.heal();
    // S3 has not heard that another leads when it asks; and what confirmed an earlier read comes now.
    net.receive('S1', 'S3', { type: 'read-request', term: 2, id: 7 });
    for (const envelope of [...old, ...old]) net.hand(envelope);
    expect(net.sent({ from: 'S1', type: 'read-response' })).toEqual([]);
    net.elapse(300);
    expect(net.status('S1').role).toBe('follower');
  });

  test('asks a fresh leader, which first commits an entry of its own term', () => {
    const net = new Network({ logs: { S1: [1, 1], S2: [1, 1], S3: [1, 1] } });
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    const stale = net.status('S1').commitIndex;
    net.receive('S1', 'S2', { type: 'read-request', term: 2, id: 7 });
    expect(net.sent({ to: 'S2', type: 'read-response' })).toEqual([]);
    net.settle();
    expect(stale).toBe(0);
    expect(net.status('S1').commitIndex).toBe(3);
  });

  test('asks the leader for the read index', () => {
    const net = led();
    net.propose('S1', 'x');
    net.settle();
    const read = net.read('S2');
    net.settle();
    expect(net.answer('S2', read)).toMatchObject({ type: 'readable', index: 3 });
  });

  test('is refused where nobody is known to lead', () => {
    const net = new Network();
    expect(net.answer('S2', net.read('S2'))).toMatchObject({ refusal: 'no-leader' });
  });

  test('is refused, and told, when the leader loses its office', () => {
    const net = led();
    const read = net.read('S2');
    net.deliver({ type: 'read-request' });
    net.take();
    net.receive('S1', 'S3', heartbeatResponse({ term: 5 }));
    net.settle();
    expect(net.answer('S2', read)).toMatchObject({ refusal: 'leadership-lost' });
  });

  test('is refused by a server that does not lead: one hop, never two', () => {
    const net = led();
    net.receive('S3', 'S2', { type: 'read-request', term: 2, id: 7 });
    expect(net.sent({ from: 'S3' })).toMatchObject([{ id: 7, refusal: 'not-leader' }]);
  });
});

describe('§8 client interaction', () => {
  test('a follower passes commands to the leader, and learns where they stand', () => {
    const net = led();
    const request = net.propose('S2', 'x', 'y');
    net.settle();
    expect(net.answer('S2', request)).toMatchObject({ type: 'appended', index: 3, term: 2 });
    expect(net.applied('S2')).toEqual(['x', 'y']);
  });

  test('unless the caller does not want it', () => {
    const net = led();
    const input = { type: 'propose', id: 1, commands, forward: false } as const;
    net.step('S2', input);
    expect(net.answer('S2', 1)).toMatchObject({ refusal: 'not-leader' });
  });

  test('a command goes one hop: whoever gets it and does not lead refuses it', () => {
    const net = led();
    net.receive('S3', 'S2', { type: 'propose-request', term: 2, id: 7, commands });
    expect(net.sent({ from: 'S3' })).toMatchObject([{ id: 7, refusal: 'not-leader' }]);
    expect(net.sent({ to: 'S1' })).toEqual([]);
  });

  test('a command that was sent to an earlier leadership of the same server comes too late', () => {
    const net = led();
    net.propose('S2', 'x');
    const late = net.take({ type: 'propose-request' });
    net.receive('S1', 'S3', heartbeatResponse({ term: 5 }));
    net.now += 2000;
    net.elect('S1');
    for (const envelope of late) net.hand(envelope);
    expect(net.sent({ to: 'S2', type: 'propose-response' })).toMatchObject([
      { refusal: 'leadership-lost' },
    ]);
    expect(net.applied('S1')).toEqual([]);
  });

  test('what was refused never enters a log', () => {
    const net = new Network();
    expect(net.answer('S2', net.propose('S2', 'x'))).toMatchObject({ refusal: 'no-leader' });
    net.elect('S1');
    net.elapse(1000);
    for (const id of net.ids) expect(net.applied(id)).toEqual([]);
  });

  test('each committed entry is handed over once, in order, through crashes and elections', () => {
    const net = led();
    for (let round = 0; round < 6; round++) {
      const leader = net.ids.find((id) => net.status(id).role === 'leader')!;
      net.propose(leader, `${round}`);
      net.elapse(100);
      net.restart(leader);
      net.elapse(3000);
    }
    for (const id of net.ids) expect(net.applied(id)).toEqual(['0', '1', '2', '3', '4', '5']);
  });
});
