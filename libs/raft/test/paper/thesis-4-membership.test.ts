import { describe, expect, test } from 'vitest';
import { voteRequest } from '../cluster/messages.js';
import { joining, Network, roles } from '../cluster/network.js';
import { member } from '../cluster/server.js';

function led(members = ['S1', 'S2', 'S3']): Network {
  const net = new Network({ members });
  net.elect('S1');
  return net;
}

describe('thesis §4.1 one server at a time', () => {
  test('a server uses the latest configuration in its log, committed or not', () => {
    const net = led();
    net.isolate('S2', 'S3');
    net.change('S1', { type: 'remove', id: 'S3' });
    expect(roles(net, 'S1')).toEqual({ S1: 'voter', S2: 'voter' });
    expect(net.status('S1').configurationCommitted).toBe(false);
  });

  test('the caller learns where the change stands, and waits for its commitment there', () => {
    const net = led();
    const request = net.change('S1', { type: 'remove', id: 'S3' });
    expect(net.answer('S1', request)).toMatchObject({ type: 'appended', index: 3, term: 2 });
    net.settle();
    expect(net.status('S1')).toMatchObject({ commitIndex: 3, configurationCommitted: true });
  });

  test('the new configuration’s majority commits it', () => {
    const net = led(['S1', 'S2', 'S3', 'S4']);
    net.isolate('S4');
    net.change('S1', { type: 'remove', id: 'S4' });
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.status('S1').configurationCommitted).toBe(true);
  });

  test('a second change waits until the first is committed', () => {
    const net = led(['S1', 'S2', 'S3', 'S4', 'S5']);
    net.change('S1', { type: 'remove', id: 'S5' });
    const second = net.change('S1', { type: 'remove', id: 'S4' });
    expect(net.answer('S1', second)).toMatchObject({ refusal: 'change-in-progress' });
    net.settle();
    const again = net.change('S1', { type: 'remove', id: 'S4' });
    expect(net.answer('S1', again)).toMatchObject({ type: 'appended' });
  });

  test('none before the leader has committed an entry of its own term (Ongaro, raft-dev 2015)', () => {
    const net = new Network();
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    const early = net.change('S1', { type: 'remove', id: 'S3' });
    expect(net.answer('S1', early)).toMatchObject({ refusal: 'leader-not-ready' });
    net.settle();
    const ready = net.change('S1', { type: 'remove', id: 'S3' });
    expect(net.answer('S1', ready)).toMatchObject({ type: 'appended' });
  });

  test('a change that is cut off brings the older configuration back', () => {
    const net = led();
    net.isolate('S1');
    net.change('S1', { type: 'remove', id: 'S3' });
    net.elapse(3000);
    net.heal();
    net.elapse(1000);
    expect(roles(net, 'S1')).toEqual({ S1: 'voter', S2: 'voter', S3: 'voter' });
    expect(net.log('S1')).toEqual(net.log('S2'));
  });

  test('a change that changes nothing is answered with the configuration that stands', () => {
    const net = led();
    const request = net.change('S1', { type: 'promote', id: 'S2' });
    expect(net.answer('S1', request)).toMatchObject({ type: 'appended', index: 1, term: 1 });
    expect(net.log('S1')).toEqual([1, 2]);
  });

  test('unknown members cannot be changed, and the last voter cannot go', () => {
    const net = led(['S1']);
    const unknown = net.change('S1', { type: 'remove', id: 'S9' });
    expect(net.answer('S1', unknown)).toMatchObject({ refusal: 'unknown-member' });
    for (const type of ['remove', 'demote'] as const) {
      const last = net.change('S1', { type, id: 'S1' });
      expect(net.answer('S1', last)).toMatchObject({ refusal: 'last-voter' });
    }
  });

  test('a follower passes a change to the leader, one hop', () => {
    const net = led();
    const request = net.change('S2', { type: 'remove', id: 'S3' });
    net.settle();
    expect(net.answer('S2', request)).toMatchObject({ type: 'appended', index: 3, term: 2 });
    expect(roles(net, 'S2')).toEqual({ S1: 'voter', S2: 'voter' });
  });

  test('whoever wins after the leader fell in the middle of a change finishes it, or undoes it', () => {
    for (const reached of [[], ['S2'], ['S2', 'S3']]) {
      const net = led(['S1', 'S2', 'S3', 'S4']);
      net.change('S1', { type: 'remove', id: 'S4' });
      for (const id of reached) net.deliver({ to: id, type: 'append-request' });
      net.crash('S1');
      net.take();
      net.elapse(3000);
      const leader = ['S2', 'S3', 'S4'].find((id) => net.status(id).role === 'leader')!;
      expect(net.status(leader).configurationCommitted, `reached ${reached.join()}`).toBe(true);
      expect(Object.keys(roles(net, leader))).toHaveLength(reached.length > 0 ? 3 : 4);
    }
  });
});

describe('thesis §4.2.1 catching up new servers', () => {
  test('a new server comes in as a learner, and is promoted by itself once it has caught up', () => {
    const net = led();
    for (let i = 0; i < 10; i++) net.propose('S1', `${i}`);
    net.settle();
    net.addBlank('S4');
    net.change('S1', joining('S4'));
    expect(roles(net, 'S1')).toMatchObject({ S4: 'learner' });
    net.settle();
    expect(roles(net, 'S1')).toMatchObject({ S4: 'learner' });
    net.elapse(300);
    expect(roles(net, 'S1')).toEqual({ S1: 'voter', S2: 'voter', S3: 'voter', S4: 'voter' });
    expect(net.applied('S4')).toEqual(net.applied('S1'));
  });

  test('one that asked to stay a learner stays one, and gets the log all the same', () => {
    const net = led();
    net.addBlank('S4');
    net.change('S1', joining('S4', { promote: false }));
    net.propose('S1', 'x');
    net.elapse(1000);
    expect(roles(net, 'S1')).toMatchObject({ S4: 'learner' });
    expect(net.applied('S4')).toEqual(['x']);
  });

  test('one that cannot be reached is not promoted, and does not count', () => {
    const net = led(['S1']);
    net.addBlank('S4');
    net.isolate('S4');
    net.change('S1', joining('S4'));
    net.elapse(3000);
    expect(roles(net, 'S1')).toMatchObject({ S4: 'learner' });
    net.propose('S1', 'x');
    expect(net.applied('S1')).toEqual(['x']);
    expect(net.status('S1').role).toBe('leader');
  });

  test('learners do not count for commitment', () => {
    const net = new Network({
      members: ['S1', 'S2', 'S3', member('S4', 'learner'), member('S5', 'learner')],
    });
    net.elect('S1');
    net.isolate('S2', 'S3');
    net.propose('S1', 'x');
    net.settle();
    expect(net.log('S4')).toEqual([1, 2, 2]);
    expect(net.status('S1').commitIndex).toBe(2);
  });

  test('a cluster grows from one server to five, and then works with two of them gone', () => {
    const net = new Network({ members: ['S1'] });
    net.expire('S1');
    for (const id of ['S2', 'S3', 'S4', 'S5']) {
      net.addBlank(id);
      net.change('S1', joining(id));
      net.elapse(500);
      expect(roles(net, 'S1')).toMatchObject({ [id]: 'voter' });
    }
    net.crash('S4');
    net.crash('S1');
    net.elapse(3000);
    const leader = ['S2', 'S3', 'S5'].find((id) => net.status(id).role === 'leader')!;
    net.propose(leader, 'x');
    net.settle();
    expect(net.applied(leader)).toEqual(['x']);
  });

  test('a new address is a change like any other', () => {
    const net = led();
    const moving = { ...member('S3'), address: 'elsewhere:9000' };
    net.change('S1', { type: 'add', member: moving });
    net.settle();
    const moved = net.status('S2').configuration.members.find(({ id }) => id === 'S3');
    expect(moved).toMatchObject({ role: 'voter', address: 'elsewhere:9000' });
  });
});

describe('thesis §4.2.2 removing the current leader', () => {
  test('it leads until the removal is committed, without counting itself, then steps down', () => {
    const net = led();
    net.change('S1', { type: 'remove', id: 'S1' });
    expect(net.status('S1').role).toBe('leader');
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    // S1 and S2 hold it; but S1 is no voter of it.
    expect(net.status('S1')).toMatchObject({ role: 'leader', commitIndex: 2 });
    net.deliver({ to: 'S3' });
    net.deliver({ from: 'S3' });
    expect(net.status('S1')).toMatchObject({ role: 'follower', commitIndex: 3 });
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'removed' }]);
  });

  test('the others have a new leader at once, and are told of the commitment', () => {
    const net = led();
    net.change('S1', { type: 'remove', id: 'S1' });
    net.settle();
    const leader = ['S2', 'S3'].find((id) => net.status(id).role === 'leader')!;
    expect(net.status(leader)).toMatchObject({ term: 3, configurationCommitted: true });
  });

  test('it does not stand again', () => {
    const net = led();
    net.change('S1', { type: 'remove', id: 'S1' });
    net.settle();
    net.elapse(5000);
    expect(net.status('S1').electionInMs).toBeNull();
    expect(net.events('S1', 'election-started')).toHaveLength(2);
  });

  test('a demoted leader steps down in the same way, and stays as a learner', () => {
    const net = led();
    net.change('S1', { type: 'demote', id: 'S1' });
    net.settle();
    net.elapse(100);
    expect(net.status('S1').role).toBe('follower');
    expect(roles(net, 'S1')).toMatchObject({ S1: 'learner' });
    const leader = ['S2', 'S3'].find((id) => net.status(id).role === 'leader')!;
    net.propose(leader, 'x');
    net.settle();
    expect(net.applied('S1')).toEqual(['x']);
  });

  test('a removed server that may be needed stands until its removal is committed', () => {
    const net = led(['S1', 'S2']);
    net.change('S1', { type: 'remove', id: 'S1' });
    net.crash('S1');
    net.restart('S1');
    // Only S1 has the removal; S2 alone can neither win nor learn of it.
    net.take();
    net.elapse(5000);
    expect(['S1', 'S2'].some((id) => net.status(id).role === 'leader')).toBe(true);
  });
});

describe('thesis §4.2.3 disruptive servers', () => {
  test('a server that hears its leader ignores candidates, and their terms', () => {
    const net = led();
    net.receive('S2', 'S3', voteRequest({ term: 9, lastIndex: 9, lastTerm: 8 }));
    expect(net.status('S2')).toMatchObject({ term: 2, leader: 'S1' });
    expect(net.sent({ from: 'S2' })).toMatchObject([{ refusal: 'leader-alive' }]);
  });

  test('so does the leader', () => {
    const net = led();
    net.receive('S1', 'S3', voteRequest({ term: 9, lastIndex: 9, lastTerm: 8 }));
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test.each(['remove', 'demote'] as const)(
    '%s of a cut-off voter: when it comes back, the leader stays',
    (type) => {
      const net = led();
      net.isolate('S3');
      net.change('S1', { type, id: 'S3' });
      net.elapse(5000);
      net.heal();
      net.elapse(5000);
      expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
    },
  );
});
