import { describe, expect, test } from 'vitest';
import { heartbeat, timeoutNow } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';
import { member } from '../cluster/server.js';

function led(members = ['S1', 'S2', 'S3']): Network {
  const net = new Network({ members });
  net.elect('S1');
  return net;
}

describe('thesis §3.10 leadership transfer', () => {
  test('the target takes over at once, though everybody still hears the old leader', () => {
    const net = led();
    const request = net.transfer('S1', 'S2');
    net.settle();
    expect(net.status('S2')).toMatchObject({ role: 'leader', term: 3 });
    expect(net.status('S1')).toMatchObject({ role: 'follower', leader: 'S2' });
    expect(net.answer('S1', request)).toMatchObject({ type: 'done' });
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'transferred' }]);
    expect(net.events('S1', 'transfer-ended')).toMatchObject([{ to: 'S2', succeeded: true }]);
  });

  test('the target is told to stand only once it has the whole log', () => {
    const net = led();
    net.propose('S1', 'x');
    net.transfer('S1', 'S2');
    expect(net.sent({ type: 'timeout-now' })).toEqual([]);
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.sent({ type: 'timeout-now' })).toMatchObject([{ term: 2, lastIndex: 3 }]);
  });

  test('without a name the leader picks the voter that has most of the log', () => {
    const net = led();
    net.isolate('S2');
    net.propose('S1', 'x');
    net.settle();
    net.transfer('S1', null);
    net.settle();
    expect(net.status('S3').role).toBe('leader');
  });

  test('of two that have it all, it picks the one that spoke last: the other may be dead', () => {
    const net = led();
    net.crash('S2');
    net.elapse(700);
    net.transfer('S1', null);
    net.settle();
    expect(net.status('S3').role).toBe('leader');
  });

  test('proposals and membership changes are refused while it lasts', () => {
    const net = led();
    net.transfer('S1', 'S2');
    const refused = { type: 'refused', refusal: 'transfer-in-progress' };
    expect(net.answer('S1', net.propose('S1', 'x'))).toMatchObject(refused);
    expect(net.answer('S1', net.change('S1', { type: 'demote', id: 'S3' }))).toMatchObject(refused);
    expect(net.answer('S1', net.transfer('S1', 'S3'))).toMatchObject(refused);
    expect(net.log('S1')).toEqual([1, 2]);
  });

  test('so are those that a follower passed on', () => {
    const net = led();
    net.isolate('S2');
    net.transfer('S1', 'S2');
    const request = net.propose('S3', 'x');
    net.settle();
    expect(net.answer('S3', request)).toMatchObject({ refusal: 'transfer-in-progress' });
  });

  test('a target that does not take over in time is given up, and the leader leads on', () => {
    const net = led();
    net.isolate('S2');
    const request = net.transfer('S1', 'S2');
    net.elapse(1100);
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'transfer-timed-out' });
    expect(net.answer('S1', net.propose('S1', 'x'))).toMatchObject({ type: 'appended' });
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('interrupted by a higher term before the target was told, it leaves no trace', () => {
    const net = led();
    net.isolate('S2');
    net.propose('S1', 'x');
    net.settle();
    const request = net.transfer('S1', 'S2');
    net.receive('S1', 'S3', heartbeat({ term: 5 }));
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'leadership-lost' });
    net.heal();
    net.now += 2000;
    net.elect('S1');
    expect(net.answer('S1', net.propose('S1', 'y'))).toMatchObject({ type: 'appended' });
    expect(net.events('S1', 'transfer-ended')).toMatchObject([{ succeeded: false }]);
  });

  test('interrupted by a lost quorum, it leaves no trace', () => {
    const net = led(['S1', 'S2']);
    net.isolate('S2');
    net.elapse(600);
    const request = net.transfer('S1', 'S2');
    net.elapse(600);
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'leadership-lost' });
    net.heal();
    net.now += 2000;
    net.elect('S1');
    expect(net.answer('S1', net.propose('S1', 'x'))).toMatchObject({ type: 'appended' });
  });

  test('another winner than the target: the caller is told that it did not work', () => {
    const net = led();
    const request = net.transfer('S1', 'S2');
    net.take();
    net.receive('S1', 'S3', heartbeat({ term: 5 }));
    expect(net.status('S1').leader).toBe('S3');
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'transfer-timed-out' });
  });

  test('every transfer is answered once', () => {
    const net = led();
    const request = net.transfer('S1', 'S2');
    net.settle();
    net.elapse(5000);
    expect(net.server('S1').answers.filter(({ id }) => id === request)).toHaveLength(1);
  });

  test('to itself: nothing to do', () => {
    const net = led();
    expect(net.answer('S1', net.transfer('S1', 'S1'))).toMatchObject({ type: 'done' });
    expect(net.status('S1').role).toBe('leader');
  });

  test('not to a learner, and not to a stranger', () => {
    const net = new Network({ members: ['S1', 'S2', 'S3', member('S4', 'learner')] });
    net.elect('S1');
    for (const id of ['S4', 'S9']) {
      const request = net.transfer('S1', id);
      expect(net.answer('S1', request)).toMatchObject({ refusal: 'transfer-target-unfit' });
    }
  });

  test('not to one that has not answered for an election timeout: proposals do not wait for the dead', () => {
    const net = led();
    net.crash('S2');
    net.elapse(1100);
    const request = net.transfer('S1', 'S2');
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'transfer-target-unfit' });
    expect(net.answer('S1', net.propose('S1', 'x'))).toMatchObject({ type: 'appended' });
  });

  test('a target that cannot win leaves no trace: the old leader stands again, and takes proposals', () => {
    const net = led();
    const request = net.transfer('S1', 'S2');
    net.deliver({ to: 'S2' });
    net.deliver({ to: 'S1', type: 'vote-request' });
    net.isolate('S2');
    net.elapse(3000);
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'transfer-timed-out' });
    const leader = ['S1', 'S3'].find((id) => net.status(id).role === 'leader')!;
    expect(net.answer(leader, net.propose(leader, 'x'))).toMatchObject({ type: 'appended' });
    expect(net.events('S1', 'transfer-ended')).toMatchObject([{ to: 'S2', succeeded: false }]);
  });

  test('a joint configuration waits for the end of a transfer, and then gives way', () => {
    const net = new Network({
      members: ['S1', 'S2', 'S3', member('S4', 'learner'), member('S5', 'learner')],
    });
    net.elect('S1');
    const both = [{ type: 'promote', id: 'S4' } as const, { type: 'promote', id: 'S5' } as const];
    net.change('S1', both);
    net.transfer('S1', 'S2');
    net.elapse(300);
    const leader = net.ids.find((id) => net.status(id).role === 'leader')!;
    expect(leader).toBe('S2');
    expect(net.status(leader).configuration).toMatchObject({ outgoing: null });
    expect(net.status(leader).configurationCommitted).toBe(true);
  });

  test('not from a follower', () => {
    const net = led();
    expect(net.answer('S2', net.transfer('S2', 'S3'))).toMatchObject({ refusal: 'not-leader' });
  });

  test.each([
    ['of another term', 'S1', timeoutNow({ term: 1 })],
    ['of somebody who does not lead', 'S3', timeoutNow({ term: 2 })],
    ['that asks for more log than it has', 'S1', timeoutNow({ term: 2, lastIndex: 9 })],
  ])('a server does not stand on a word %s', (_, from, message) => {
    const net = led();
    net.receive('S2', from, message);
    expect(net.status('S2')).toMatchObject({ role: 'follower', term: 2, leader: 'S1' });
  });
});
