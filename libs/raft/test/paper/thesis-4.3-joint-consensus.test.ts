import { describe, expect, test } from 'vitest';
import type { MembershipChange } from '../../src/core/configuration.js';
import type { NodeId } from '../../src/core/entry.js';
import { joining, Network, roles } from '../cluster/network.js';
import { member } from '../cluster/server.js';

const promote = (id: NodeId): MembershipChange => ({ type: 'promote', id });
const remove = (id: NodeId): MembershipChange => ({ type: 'remove', id });

/** S1 leads S2 and S3; S4 and S5 are learners that have caught up. */
function withLearners(): Network {
  const net = new Network({
    members: ['S1', 'S2', 'S3', member('S4', 'learner'), member('S5', 'learner')],
  });
  net.elect('S1');
  return net;
}

/** S1, S2, S3 become S3, S4, S5: no majority of the one has to share a server with one of the other. */
const swap = [promote('S4'), promote('S5'), remove('S1'), remove('S2')];

const outgoing = (net: Network, id: NodeId) =>
  net.status(id).configuration.outgoing?.map((one) => one.id) ?? null;

const leaderOf = (net: Network) =>
  net.ids.find((id) => net.server(id).isUp && net.status(id).role === 'leader');

describe('thesis §4.3 joint consensus', () => {
  test('the leader stores old and new together as one entry, and every server uses it at once', () => {
    const net = withLearners();
    net.change('S1', swap);
    net.deliver({ to: 'S2' });
    for (const id of ['S1', 'S2']) {
      expect(roles(net, id)).toEqual({ S3: 'voter', S4: 'voter', S5: 'voter' });
      expect(outgoing(net, id)).toEqual(['S1', 'S2', 'S3', 'S4', 'S5']);
      expect(net.status(id).configurationCommitted).toBe(false);
    }
  });

  test('log entries go to all servers of both', () => {
    const net = withLearners();
    net.change('S1', swap);
    net.take();
    net.propose('S1', 'x');
    const peers = net.status('S1').peers.map(({ id }) => id);
    expect(peers.sort()).toEqual(['S2', 'S3', 'S4', 'S5']);
  });

  test.each([
    ['a majority of the old alone', ['S2'], false],
    ['a majority of the new alone', ['S4', 'S5'], false],
    ['majorities of both', ['S3', 'S4'], true],
    ['majorities of both, whoever they are', ['S2', 'S4', 'S5'], true],
  ] as const)('agreement takes majorities of both: %s', (_, holding, isCommitted) => {
    const net = withLearners();
    net.change('S1', swap);
    for (const id of holding) net.deliver({ to: id });
    for (const id of holding) net.deliver({ from: id });
    expect(net.status('S1').commitIndex >= 3).toBe(isCommitted);
  });

  test('once it is committed the leader stores the new configuration, by itself', () => {
    const net = withLearners();
    const request = net.change('S1', swap);
    expect(net.answer('S1', request)).toMatchObject({ type: 'appended', index: 3 });
    for (const id of ['S3', 'S4']) net.deliver({ to: id });
    for (const id of ['S3', 'S4']) net.deliver({ from: id });
    expect(net.log('S1')).toEqual([1, 2, 2, 2]);
    expect(net.status('S1').configuration).toMatchObject({ index: 4, outgoing: null });
  });

  test('from then on the new servers alone decide', () => {
    const net = withLearners();
    net.change('S1', swap);
    for (const id of ['S3', 'S4']) net.deliver({ to: id });
    for (const id of ['S3', 'S4']) net.deliver({ from: id });
    net.isolate('S2', 'S5');
    net.settle();
    expect(net.status('S3')).toMatchObject({ configurationCommitted: true });
    expect(roles(net, 'S3')).toEqual({ S3: 'voter', S4: 'voter', S5: 'voter' });
  });

  test('any server of either can be elected, with votes of both', () => {
    for (const id of ['S2', 'S4']) {
      const net = withLearners();
      net.change('S1', swap);
      for (const to of ['S2', 'S3', 'S4', 'S5']) net.deliver({ to });
      net.take();
      net.crash('S1');
      net.now += 2000;
      net.expire(id);
      net.settle();
      expect(net.events(id, 'election-won')).toHaveLength(1);
    }
  });

  test.each([
    ['the old', ['S4', 'S5'], 'S3'],
    ['the new', ['S1', 'S2'], 'S4'],
  ] as const)('without a majority of %s nobody is elected', (_, gone, candidate) => {
    const net = withLearners();
    net.change('S1', swap);
    for (const to of ['S2', 'S3', 'S4', 'S5']) net.deliver({ to });
    net.take();
    net.crash('S1');
    net.isolate(...gone);
    net.now += 2000;
    net.expire(candidate);
    net.settle();
    net.elapse(5000);
    expect(leaderOf(net)).not.toBe(candidate);
    expect(net.status(candidate).role).not.toBe('leader');
  });

  test('a leader that loses one of the two majorities gives up, though it has the other', () => {
    const net = withLearners();
    net.change('S1', swap);
    for (const to of ['S2', 'S3', 'S4', 'S5']) net.deliver({ to });
    net.take();
    net.isolate('S4', 'S5');
    net.elapse(1500);
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'lost-quorum' }]);
  });

  test('reads need the word of both majorities', () => {
    const net = withLearners();
    net.change('S1', swap);
    net.take();
    const read = net.read('S1');
    for (const id of ['S2', 'S3']) net.deliver({ to: id });
    for (const id of ['S2', 'S3']) net.deliver({ from: id });
    expect(net.answer('S1', read)).toBeUndefined();
    net.deliver({ to: 'S4' });
    net.deliver({ from: 'S4' });
    expect(net.answer('S1', read)).toMatchObject({ type: 'readable' });
  });

  test('two voters in, two learners out of the vote, addresses: all in one change, or nothing of it', () => {
    const net = withLearners();
    const none = net.change('S1', [promote('S4'), remove('S9'), promote('S5')]);
    expect(net.answer('S1', none)).toMatchObject({ refusal: 'unknown-member' });
    expect(net.log('S1')).toEqual([1, 2]);
    const moved = { type: 'add', member: { ...member('S2'), address: 'elsewhere:9000' } } as const;
    net.change('S1', [promote('S4'), promote('S5'), { type: 'demote', id: 'S3' }, moved]);
    net.elapse(200);
    expect(roles(net, 'S2')).toEqual({
      S1: 'voter',
      S2: 'voter',
      S3: 'learner',
      S4: 'voter',
      S5: 'voter',
    });
    expect(net.status('S4').configuration.members[1]).toMatchObject({ address: 'elsewhere:9000' });
  });

  test('a change of one voter, and any of learners alone, needs no joint configuration', () => {
    const net = withLearners();
    for (const change of [[promote('S4')], [remove('S5'), joining('S6')], [remove('S2')]]) {
      net.change('S1', change);
      expect(outgoing(net, 'S1')).toBeNull();
      net.elapse(200);
    }
  });

  test('nothing else changes while it lasts, not even when it is committed', () => {
    const net = withLearners();
    net.change('S1', [promote('S4'), promote('S5')]);
    const early = net.change('S1', remove('S2'));
    expect(net.answer('S1', early)).toMatchObject({ refusal: 'change-in-progress' });
    net.deliver({ to: 'S2' });
    net.deliver({ to: 'S4' });
    net.deliver();
    expect(net.status('S1').configuration).toMatchObject({ index: 4, outgoing: null });
    const late = net.change('S1', remove('S2'));
    expect(net.answer('S1', late)).toMatchObject({ refusal: 'change-in-progress' });
    net.settle();
    expect(net.answer('S1', net.change('S1', remove('S2')))).toMatchObject({ type: 'appended' });
  });

  test('a demoted voter keeps its vote in the old half until the new one is committed', () => {
    const net = withLearners();
    net.change('S1', [{ type: 'demote', id: 'S3' }, promote('S4')]);
    for (const id of ['S3', 'S4']) net.deliver({ to: id });
    for (const id of ['S3', 'S4']) net.deliver({ from: id });
    expect(net.status('S1').commitIndex).toBe(3);
  });

  test('the vote of an emptied server does not count in the half that names its former self', () => {
    const net = new Network({ members: ['S1', 'S2', 'S3', member('S4', 'learner')] });
    net.elect('S1');
    net.wipe('S3');
    net.change('S1', [joining('S3', { incarnation: 'S3#2' }), promote('S4')]);
    net.isolate('S2');
    net.elapse(400);
    // S1 and S4 are two of the three new voters; of the old ones only S1 speaks.
    expect(net.status('S1').commitIndex).toBe(2);
    net.heal();
    net.elapse(1000);
    expect(net.status(leaderOf(net)!)).toMatchObject({ configurationCommitted: true });
  });
});

describe('thesis §4.3 the leader need not be part of the new configuration', () => {
  test('it leads until the new one is committed, then lets one of the new servers stand', () => {
    const net = withLearners();
    net.change('S1', swap);
    net.settle();
    expect(net.events('S1', 'stepped-down')).toMatchObject([{ reason: 'removed' }]);
    const leader = leaderOf(net)!;
    expect(['S3', 'S4', 'S5']).toContain(leader);
    expect(net.status(leader)).toMatchObject({ term: 3, configurationCommitted: true });
    net.elapse(5000);
    expect(leaderOf(net)).toBe(leader);
    expect(net.status('S1')).toMatchObject({ removed: true, electionInMs: null });
    expect(net.status('S2')).toMatchObject({ removed: true, electionInMs: null });
  });

  test('it does not count itself for the new half', () => {
    const net = withLearners();
    net.change('S1', swap);
    for (const id of ['S2', 'S4']) net.deliver({ to: id });
    for (const id of ['S2', 'S4']) net.deliver({ from: id });
    expect(net.status('S1').commitIndex).toBe(2);
  });

  test('leadership is handed only to who votes in the new configuration', () => {
    const net = withLearners();
    net.change('S1', swap);
    net.take();
    const request = net.transfer('S1', 'S2');
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'transfer-target-unfit' });
  });
});

describe('thesis §4.3 a leader that dies in the middle', () => {
  /** Each server in turn gets what is on the way to it; after so many turns all is done. */
  const turns = 25;

  test.each(Array.from({ length: turns }, (_, turn) => [turn]))(
    'after %i turns: whoever leads next finishes the change, or it never was',
    (turn) => {
      const net = withLearners();
      net.change('S1', swap);
      for (let done = 0; done < turn; done++) net.deliver({ to: `S${(done % 5) + 1}` });
      const victim = leaderOf(net) ?? 'S1';
      net.crash(victim);
      net.take();
      net.elapse(6000);
      const leader = leaderOf(net);
      expect(leader).toBeDefined();
      const { configuration, configurationCommitted } = net.status(leader!);
      expect(configurationCommitted).toBe(true);
      expect(configuration.outgoing).toBeNull();
      const voting = Object.entries(roles(net, leader!)).filter(([, role]) => role === 'voter');
      const ids = voting.map(([id]) => id).sort();
      expect([
        ['S1', 'S2', 'S3'],
        ['S3', 'S4', 'S5'],
      ]).toContainEqual(ids);
      net.propose(leader!, 'x');
      net.elapse(200);
      expect(net.applied(leader!)).toEqual(['x']);
    },
  );

  test('with the joint configuration committed, the new leader must finish it', () => {
    const net = withLearners();
    net.change('S1', swap);
    for (const id of ['S2', 'S3', 'S4', 'S5']) net.deliver({ to: id });
    for (const id of ['S2', 'S3', 'S4', 'S5']) net.deliver({ from: id });
    expect(net.status('S1').configuration.outgoing).toBeNull();
    // The final one never left the leader.
    net.crash('S1');
    net.take();
    net.elapse(6000);
    const leader = leaderOf(net)!;
    expect(roles(net, leader)).toEqual({ S3: 'voter', S4: 'voter', S5: 'voter' });
  });

  test('a restarted server finds a joint configuration in its log, and decides by it', () => {
    const net = withLearners();
    net.change('S1', swap);
    for (const id of ['S2', 'S3', 'S4', 'S5']) net.deliver({ to: id });
    net.take();
    for (const id of net.ids) {
      net.crash(id);
      net.restart(id);
    }
    expect(outgoing(net, 'S4')).toEqual(['S1', 'S2', 'S3', 'S4', 'S5']);
    net.elapse(5000);
    const leader = leaderOf(net)!;
    expect(roles(net, leader)).toEqual({ S3: 'voter', S4: 'voter', S5: 'voter' });
  });
});

describe('a change that names the configuration it is meant for', () => {
  test('is made when that is still the one', () => {
    const net = withLearners();
    const request = net.change('S1', promote('S4'), 1);
    expect(net.answer('S1', request)).toMatchObject({ type: 'appended', index: 3 });
  });

  test('is refused when another has been made meanwhile, and changes nothing', () => {
    const net = withLearners();
    net.change('S1', promote('S4'));
    net.settle();
    const request = net.change('S1', remove('S2'), 1);
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'configuration-changed' });
    expect(net.log('S1')).toEqual([1, 2, 2]);
  });

  test('waits for one that is not committed: it may be undone', () => {
    const net = withLearners();
    net.change('S1', promote('S4'));
    const request = net.change('S1', remove('S2'), 1);
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'change-in-progress' });
  });

  test('also where a follower passes it on', () => {
    const net = withLearners();
    const request = net.change('S2', promote('S4'), 7);
    net.settle();
    expect(net.answer('S2', request)).toMatchObject({ refusal: 'configuration-changed' });
  });
});
