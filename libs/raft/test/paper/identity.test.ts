import { describe, expect, test } from 'vitest';
import { appendResponse, heartbeat, voteRequest } from '../cluster/messages.js';
import { joining, Network, roles } from '../cluster/network.js';

function led(members = ['S1', 'S2', 'S3']): Network {
  const net = new Network({ members });
  net.elect('S1');
  return net;
}

describe('removed, and added again', () => {
  test('answers to the stream before the removal are stale', () => {
    const net = led();
    net.propose('S1', 'x');
    net.deliver({ to: 'S3' });
    const late = net.take({ from: 'S3' });
    net.settle();
    net.change('S1', { type: 'remove', id: 'S3' });
    net.settle();
    net.isolate('S3');
    net.change('S1', joining('S3'));
    net.settle();
    const before = net.status('S1').peers.find(({ id }) => id === 'S3');
    expect(before).toMatchObject({ match: 0 });
    for (const envelope of late) net.hand(envelope);
    expect(net.status('S1').peers.find(({ id }) => id === 'S3')).toEqual(before);
  });

  test('an emptied volume that is added again starts from nothing, and is a voter in the end', () => {
    const net = led();
    for (let i = 0; i < 10; i++) net.propose('S1', `${i}`);
    net.settle();
    net.wipe('S3');
    net.change('S1', joining('S3', { incarnation: 'S3#2' }));
    expect(roles(net, 'S1')).toMatchObject({ S3: 'learner' });
    net.elapse(500);
    expect(roles(net, 'S1')).toEqual({ S1: 'voter', S2: 'voter', S3: 'voter' });
    expect(net.applied('S3')).toEqual(net.applied('S1'));
  });
});

describe('identity: which volume stands behind a name', () => {
  test('a server with an emptied volume gets no vote, and is not counted', () => {
    const net = led();
    net.isolate('S2');
    net.wipe('S3');
    net.propose('S1', 'x');
    net.elapse(300);
    expect(net.status('S1').commitIndex).toBe(2);
    expect(net.events('S1', 'identity-mismatch')).toMatchObject([
      { peer: 'S3', incarnation: 'S3#2' },
    ]);
    expect(net.status('S3').electionInMs).toBeNull();
  });

  test('its vote is not counted either: it has forgotten whom it voted for', () => {
    const net = led();
    net.crash('S1');
    net.isolate('S2');
    net.wipe('S3');
    net.heal();
    net.take();
    net.elapse(10_000);
    expect(net.status('S2').role).not.toBe('leader');
  });

  test('a blank server grants nobody a vote, and takes no term from candidates', () => {
    const net = new Network();
    net.addBlank('S4');
    for (const preVote of [true, false]) {
      net.receive('S4', 'S1', voteRequest({ term: 9, preVote, lastIndex: 5, lastTerm: 5 }));
    }
    expect(net.sent({ from: 'S4' })).toMatchObject([{ refusal: 'blank' }, { refusal: 'blank' }]);
    expect(net.status('S4').term).toBe(0);
  });

  test('an emptied founder that has got only the first configuration does not elect itself', () => {
    const net = new Network({ members: ['S1'], limits: { maxAppendBytes: 1 } });
    net.expire('S1');
    for (const id of ['S2', 'S3']) {
      net.addBlank(id);
      net.change('S1', joining(id));
      net.elapse(500);
    }
    net.transfer('S1', 'S2');
    net.settle();
    net.wipe('S1');
    net.change('S2', joining('S1', { incarnation: 'S1#2' }));
    // The log arrives piece by piece; behind the first piece the line is cut.
    while (net.status('S1').lastIndex === 0) net.deliver();
    expect(net.status('S1').configuration.members).toMatchObject([
      { id: 'S1', incarnation: 'S1#1' },
    ]);
    net.isolate('S1');
    net.elapse(5000);
    net.restart('S1');
    net.elapse(5000);
    expect(net.status('S1')).toMatchObject({ role: 'follower', electionInMs: null });
  });

  test('a server whose log still names the leader’s older volume can catch up', () => {
    const net = led();
    net.isolate('S3');
    net.addBlank('S4');
    net.change('S1', joining('S4'));
    net.elapse(500);
    net.wipe('S2');
    net.change('S1', joining('S2', { incarnation: 'S2#2' }));
    net.elapse(500);
    expect(roles(net, 'S1')).toMatchObject({ S2: 'voter', S4: 'voter' });
    net.transfer('S1', 'S2');
    net.settle();
    expect(net.status('S2').role).toBe('leader');
    net.heal();
    net.elapse(2000);
    expect(net.log('S3')).toEqual(net.log('S2'));
  });

  test('nobody can put another volume in the place of a leader that lives', () => {
    const net = led();
    const request = net.change('S1', joining('S1', { incarnation: 'S1#2' }));
    expect(net.answer('S1', request)).toMatchObject({ type: 'refused' });
    expect(net.status('S1').role).toBe('leader');
  });

  test('a word of a stranger changes nothing', () => {
    const net = led();
    net.receive('S1', 'S9', appendResponse({ term: 2, match: 2 }));
    expect(net.status('S1')).toMatchObject({ role: 'leader', commitIndex: 2 });
    net.receive('S2', 'S9', heartbeat({ term: 2, commit: 99 }));
    expect(net.status('S2').leader).toBe('S1');
    expect(net.events('S2', 'bad-message')).toHaveLength(1);
  });
});
