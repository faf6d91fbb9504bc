import { describe, expect, test } from 'vitest';
import type { MembershipChange } from '../../src/core/configuration.js';
import type { NodeId } from '../../src/core/entry.js';
import { voteRequest, voteResponse } from '../cluster/messages.js';
import { joining, Network, roles } from '../cluster/network.js';
import { member } from '../cluster/server.js';

const remove = (id: NodeId): MembershipChange => ({ type: 'remove', id });

function led(members = ['S1', 'S2', 'S3']): Network {
  const net = new Network({ members });
  net.elect('S1');
  return net;
}

/** S3 was cut off while it was removed. */
function removedUnawares(): Network {
  const net = led();
  net.isolate('S3');
  net.change('S1', remove('S3'));
  net.elapse(5000);
  net.heal();
  return net;
}

describe('thesis §4.2.3 a removed server is told by its leader', () => {
  test('it gets the entry that removes it, and the word that this is committed', () => {
    const net = led();
    net.change('S1', remove('S3'));
    net.settle();
    net.elapse(100);
    expect(net.status('S3')).toMatchObject({ removed: true, commitIndex: 3 });
    expect(net.events('S3', 'removed')).toEqual([{ type: 'removed', index: 3 }]);
  });

  test('only then does the leader let go of it', () => {
    const net = led();
    net.change('S1', remove('S3'));
    net.isolate('S3');
    net.deliver();
    net.deliver();
    const peers = () => net.status('S1').peers.map(({ id }) => id);
    expect(net.status('S1').configurationCommitted).toBe(true);
    expect(peers()).toEqual(['S2', 'S3']);
    net.heal();
    net.elapse(200);
    expect(peers()).toEqual(['S2']);
    expect(net.status('S3').removed).toBe(true);
  });

  test('an acknowledgement from before the commitment is not taken for one of it', () => {
    const net = led();
    net.change('S1', remove('S3'));
    net.deliver({ to: 'S3' });
    const early = net.take({ from: 'S3' });
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    for (const envelope of early) net.hand(envelope);
    expect(net.status('S1').peers.map(({ id }) => id)).toContain('S3');
  });

  test('one that does not answer is let go after an election timeout', () => {
    const net = led();
    net.crash('S3');
    net.change('S1', remove('S3'));
    net.elapse(900);
    expect(net.status('S1').peers.map(({ id }) => id)).toEqual(['S2', 'S3']);
    net.elapse(200);
    expect(net.status('S1').peers.map(({ id }) => id)).toEqual(['S2']);
    expect(net.events('S1', 'replication-stopped')).toMatchObject([{ peer: 'S3' }]);
  });

  test('it does not count meanwhile, for nothing', () => {
    const net = led(['S1', 'S2', 'S3', 'S4']);
    net.change('S1', remove('S4'));
    net.settle();
    net.isolate('S2', 'S3');
    net.propose('S1', 'x');
    net.settle();
    expect(net.status('S1').commitIndex).toBe(3);
  });

  test('its higher term deposes nobody: it is no member', () => {
    const net = new Network({ elections: { S3: { preVote: false } } });
    net.elect('S1');
    net.isolate('S3');
    net.elapse(3000);
    net.change('S1', remove('S3'));
    net.settle();
    net.heal();
    net.elapse(5000);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
    expect(net.status('S3').removed).toBe(true);
  });

  test('its last requests are answered, and later ones refused with what has happened', () => {
    const net = led();
    net.change('S1', remove('S3'));
    net.elapse(200);
    expect(net.answer('S3', net.propose('S3', 'x'))).toMatchObject({ refusal: 'removed' });
    expect(net.answer('S3', net.read('S3'))).toMatchObject({ refusal: 'removed' });
    const change = net.change('S3', remove('S2'));
    expect(net.answer('S3', change)).toMatchObject({ refusal: 'removed' });
  });

  test('the removed leader knows it too', () => {
    const net = led();
    net.change('S1', remove('S1'));
    net.settle();
    expect(net.status('S1')).toMatchObject({ removed: true, role: 'follower' });
  });
});

describe('thesis §4.2.3 a server that was away is told by those whom it asks for votes', () => {
  test('they say that it is no member, and since which configuration; it is quiet for good', () => {
    const net = removedUnawares();
    net.expire('S3');
    net.deliver({ to: 'S2' });
    expect(net.sent({ from: 'S2', to: 'S3' })).toMatchObject([
      { refusal: 'not-a-member', configurationIndex: 3 },
    ]);
    net.settle();
    expect(net.status('S3')).toMatchObject({ removed: true, role: 'follower', electionInMs: null });
    expect(net.events('S3', 'removed')).toEqual([{ type: 'removed', index: 3 }]);
    const before = net.events('S3', 'election-started').length;
    net.elapse(20_000);
    expect(net.events('S3', 'election-started')).toHaveLength(before);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('one voter is enough', () => {
    const net = removedUnawares();
    net.crash('S1');
    net.expire('S3');
    net.settle();
    expect(net.status('S3').removed).toBe(true);
  });

  test('a restart of it disturbs nobody: it asks once more, and is quiet again', () => {
    const net = removedUnawares();
    net.elapse(3000);
    net.crash('S3');
    net.restart('S3');
    net.elapse(20_000);
    expect(net.events('S3', 'election-started').length).toBeLessThanOrEqual(1);
    expect(net.status('S3').removed).toBe(true);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('one that stands without asking first disturbs nobody either', () => {
    const net = new Network({ elections: { S3: { preVote: false } } });
    net.elect('S1');
    net.isolate('S3');
    net.change('S1', remove('S3'));
    net.elapse(5000);
    net.heal();
    net.elapse(5000);
    expect(net.status('S3').removed).toBe(true);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('added again, it is a member like any other', () => {
    const net = removedUnawares();
    net.elapse(3000);
    net.change('S1', joining('S3'));
    net.elapse(1000);
    expect(roles(net, 'S3')).toEqual({ S1: 'voter', S2: 'voter', S3: 'voter' });
    expect(net.status('S3').removed).toBe(false);
    net.crash('S1');
    net.elapse(3000);
    const leader = ['S2', 'S3'].find((id) => net.status(id).role === 'leader')!;
    net.propose(leader, 'x');
    net.settle();
    expect(net.applied(leader)).toEqual(['x']);
  });

  test.each(['remove', 'demote'] as const)(
    '%s of a cut-off voter: when it comes back, the leader stays, again and again',
    (type) => {
      const net = led();
      net.isolate('S3');
      net.change('S1', { type, id: 'S3' });
      for (let round = 0; round < 3; round++) {
        net.elapse(5000);
        net.heal();
        net.elapse(5000);
        net.isolate('S3');
      }
      expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
    },
  );
});

describe('nobody is told so who may be a member', () => {
  test('not while the removal may be undone', () => {
    const net = led();
    net.isolate('S2');
    net.change('S1', remove('S3'));
    net.take();
    net.receive('S1', 'S3', voteRequest({ term: 3, lastIndex: 2, lastTerm: 2 }));
    expect(net.sent({ to: 'S3' })).toMatchObject([{ refusal: 'leader-alive' }]);
  });

  test('not by one whose log ends before the candidate’s: it may have missed that it came back', () => {
    const net = led(['S1', 'S2', 'S3', 'S4']);
    net.change('S1', remove('S4'));
    net.elapse(200);
    net.isolate('S2');
    net.change('S1', joining('S4'));
    net.elapse(1000);
    expect(roles(net, 'S4')).toMatchObject({ S4: 'voter' });
    // S4 cannot win without S2, which knows only that S4 was removed.
    net.crash('S1');
    net.crash('S3');
    net.heal();
    net.restart('S3');
    net.isolate('S3');
    net.receive(
      'S2',
      'S4',
      voteRequest({ term: 9, lastIndex: net.status('S4').lastIndex, lastTerm: 2, transfer: true }),
    );
    expect(net.sent({ from: 'S2', to: 'S4' })).toMatchObject([{ refusal: null, term: 9 }]);
  });

  test('and nobody believes it who has a later configuration that names it', () => {
    const net = led();
    net.change('S1', { type: 'add', member: { ...member('S3'), address: 'elsewhere:9000' } });
    net.settle();
    net.crash('S1');
    net.now += 2000;
    net.expire('S3');
    net.take();
    const refused = { refusal: 'not-a-member', preVote: true } as const;
    net.receive('S3', 'S2', voteResponse({ term: 2, ...refused, configurationIndex: 2 }));
    expect(net.status('S3').removed).toBe(false);
    net.receive('S3', 'S9', voteResponse({ term: 2, ...refused, configurationIndex: 9 }));
    expect(net.status('S3').removed).toBe(false);
    expect(net.events('S3', 'removed')).toEqual([]);
  });

  test('a server that is just joining has not been removed, though its log does not name it yet', () => {
    const net = new Network({ members: ['S1'], limits: { maxAppendBytes: 1 } });
    net.expire('S1');
    for (let i = 0; i < 5; i++) net.propose('S1', `${i}`);
    net.addBlank('S2');
    net.change('S1', joining('S2'));
    net.elapse(1000);
    expect(net.events('S2', 'removed')).toEqual([]);
  });
});
