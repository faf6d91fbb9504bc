import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RaftStatus } from '../status.js';
import { hasApplied, isVoter, TestCluster, type TestNode, until, word } from '../test/cluster.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

const roles = ({ configuration }: RaftStatus) => {
  return configuration.members.map(({ id, role }) => `${id} ${role}`);
};

describe('adding a member', () => {
  it('makes a voter of it by itself, with what its handshake told', async () => {
    const first = await cluster.open('n1');
    await first.node.bootstrap();
    await first.node.propose(word('before'));
    const second = await cluster.open('n2', { attributes: { http: 'http://n2' } });
    await cluster.join(second, first);
    const { configuration, clusterId } = second.node.status;
    expect(configuration.members.find(({ id }) => id === 'n2')).toMatchObject({
      address: 'n2:1',
      attributes: { http: 'http://n2' },
      incarnation: second.node.status.incarnation,
    });
    expect(clusterId).toBe(first.node.status.clusterId);
    expect(await second.node.read(() => second.words.list)).toEqual(['before']);
  });

  it('leaves it a learner when asked to, until it is promoted', async () => {
    const [first] = await cluster.form(1);
    const second = await cluster.open('n2');
    await first.node.membership.add({ id: 'n2', address: 'n2:1', learner: true });
    const { index } = await first.node.propose(word('a'));
    await until(second, hasApplied(index));
    expect(roles(first.node.status)).toEqual(['n1 voter', 'n2 learner']);
    await second.node.membership.promote('n2');
    await until(first, (status) => roles(status).includes('n2 voter'));
    await first.node.membership.demote('n2');
    expect(roles(first.node.status)).toEqual(['n1 voter', 'n2 learner']);
  });

  it('is idempotent, at any node', async () => {
    const nodes = await cluster.form(3);
    const { index } = nodes[0].node.status.configuration;
    for (const { node } of nodes) {
      const again = await node.membership.add({ id: 'n2', address: 'n2:1' });
      expect(again.index).toBe(index);
    }
    expect(nodes[0].node.status.configuration.index).toBe(index);
  });

  it('does several that are asked for at once, one after another', async () => {
    const [first] = await cluster.form(1);
    const others = [await cluster.open('n2'), await cluster.open('n3'), await cluster.open('n4')];
    await Promise.all(others.map((other) => cluster.join(other, first)));
    expect(first.node.status.configuration.members).toHaveLength(4);
  });

  it('refuses who is not the one it should be, and changes nothing', async () => {
    const [first] = await cluster.form(1);
    const stranger = await cluster.open('other');
    const { configuration } = first.node.status;
    const { membership } = first.node;

    const mismatch = membership.add({ id: 'n2', address: 'other:1' });
    await expect(mismatch).rejects.toMatchObject({ code: 'peer-mismatch', outcome: 'not-applied' });
    await expect(mismatch).rejects.toThrow('other answers at other:1, not n2');

    const nobody = membership.add({ id: 'n2', address: 'n2:1' });
    await expect(nobody).rejects.toMatchObject({
      code: 'peer-unreachable',
      outcome: 'not-applied',
    });

    await stranger.node.bootstrap();
    const foreign = membership.add({ id: 'other', address: 'other:1' });
    await expect(foreign).rejects.toMatchObject({ code: 'cluster-mismatch' });
    await expect(foreign).rejects.toThrow(stranger.node.status.clusterId ?? '');
    await expect(foreign).rejects.toThrow(first.node.status.clusterId ?? '');

    await expect(membership.add({ id: 'n 2', address: 'n2:1' })).rejects.toThrow('id must be');
    await expect(membership.add({ id: 'n2', address: 'n2' })).rejects.toThrow('address must be');
    expect(first.node.status.configuration).toBe(configuration);
  });
});

describe('an emptied volume', () => {
  it('is not counted under its old id until it is added again, and then catches up', async () => {
    const [first, , third] = await cluster.form(3);
    await first.node.propose(word('kept'));
    await third!.node.close();
    const emptied = await cluster.open('n3');
    await first.node.propose(word('meanwhile'));
    expect(emptied.node.status).toMatchObject({ clusterId: null, lastIndex: 0, term: 0 });
    await cluster.join(emptied, first);
    expect(await emptied.node.read(() => emptied.words.list)).toEqual(['kept', 'meanwhile']);
    expect(roles(emptied.node.status)).toEqual(['n1 voter', 'n2 voter', 'n3 voter']);
  });
});

describe('several changes at once', () => {
  it('adds two voters by joint consensus, and resolves when the new configuration is committed', async () => {
    const [first] = await cluster.form(1);
    const [second, third] = [await cluster.open('n2'), await cluster.open('n3')];
    const changed = await first.node.membership.change({
      add: [
        { id: 'n2', address: 'n2:1' },
        { id: 'n3', address: 'n3:1' },
      ],
      promote: ['n2', 'n3'],
    });
    const { configuration, configurationCommitted } = first.node.status;
    expect(configuration).toMatchObject({ index: changed.index, outgoing: null });
    expect(configurationCommitted).toBe(true);
    expect(roles(first.node.status)).toEqual(['n1 voter', 'n2 voter', 'n3 voter']);
    const { index } = await first.node.propose(word('a'));
    for (const other of [second, third]) await until(other, hasApplied(index));
  });

  it('replaces a voter in one change, at any node', async () => {
    const [, second] = await cluster.form(3);
    await cluster.open('n4');
    await second!.node.membership.add({ id: 'n4', address: 'n4:1', learner: true });
    await second!.node.membership.change({ promote: ['n4'], remove: ['n3'] });
    expect(roles(second!.node.status)).toEqual(['n1 voter', 'n2 voter', 'n4 voter']);
  });

  it('replaces the leader and others, and the caller at the old leader gets its answer', async () => {
    const [first, second] = await cluster.form(2);
    for (const id of ['n3', 'n4']) {
      await cluster.open(id);
      await first.node.membership.add({ id, address: `${id}:1`, learner: true });
    }
    await first.node.membership.change({ promote: ['n3', 'n4'], remove: ['n1', 'n2'] });
    await until(first, ({ removed }) => removed);
    await until(second!, ({ removed }) => removed);
    await expect(second!.node.propose(word('a'))).rejects.toMatchObject({
      code: 'removed',
      outcome: 'not-applied',
      retryable: false,
    });
  });

  it('is refused when the configuration is not the expected one, and says which it is', async () => {
    const [first] = await cluster.form(2);
    const { configuration } = first.node.status;
    const expectedIndex = configuration.index - 1;
    const late = first.node.membership.change({ demote: ['n2'] }, { expectedIndex });
    await expect(late).rejects.toMatchObject({
      code: 'configuration-changed',
      outcome: 'not-applied',
      retryable: false,
    });
    await expect(late).rejects.toThrow(`n1 knows configuration ${configuration.index}`);
    await first.node.membership.demote('n2', { expectedIndex: configuration.index });
    expect(roles(first.node.status)).toEqual(['n1 voter', 'n2 learner']);
  });

  it('is refused beside a member that could not read it, and one change is not', async () => {
    const [first] = await cluster.form(1);
    const transport = cluster.network.transport('n2:1', { protocol: { newest: 1 } });
    await cluster.open('n2', { transport });
    await first.node.membership.add({ id: 'n2', address: 'n2:1', learner: true });
    await cluster.open('n3');
    await first.node.membership.add({ id: 'n3', address: 'n3:1', learner: true });
    await until(first, ({ connections }) => connections.some(({ protocol }) => protocol === 1));
    const both = first.node.membership.change({ promote: ['n2', 'n3'] });
    await expect(both).rejects.toMatchObject({ code: 'older-member', outcome: 'not-applied' });
    await first.node.membership.promote('n2');
    expect(roles(first.node.status)).toEqual(['n1 voter', 'n2 voter', 'n3 learner']);
  });

  it('takes no list that contradicts itself', async () => {
    const [first] = await cluster.form(1);
    const { membership } = first.node;
    const twice = membership.change({ promote: ['n2'], demote: ['n2'] });
    await expect(twice).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(twice).rejects.toThrow('n2');
  });

  it('settles in time when the new voters do not answer, and says that it may happen still', async () => {
    const [first] = await cluster.form(1);
    const [second, third] = [await cluster.open('n2'), await cluster.open('n3')];
    for (const id of ['n2', 'n3']) {
      await first.node.membership.add({ id, address: `${id}:1`, learner: true });
    }
    await second.node.close();
    await third.node.close();
    const stuck = first.node.membership.change({ promote: ['n2', 'n3'] }, { timeoutMs: 300 });
    await expect(stuck).rejects.toMatchObject({ code: 'deadline', outcome: 'unknown' });
  });
});

describe('a new address', () => {
  /** Closes a node and opens it on its own log at another address. */
  async function move({ id, node, log }: TestNode, address: string): Promise<TestNode> {
    await node.close();
    return cluster.open(id, { log, transport: cluster.network.transport(address) });
  }

  it('of a follower is a change like any other: it is found there', async () => {
    const [first, second, third] = await cluster.form(3);
    const moved = await move(third!, 'n3:2');
    await first.node.membership.add({ id: 'n3', address: 'n3:2' });
    await second!.node.close();
    const { index } = await first.node.propose(word('a'));
    await until(moved, hasApplied(index));
    expect(roles(moved.node.status)).toEqual(['n1 voter', 'n2 voter', 'n3 voter']);
  });

  it('of the leader itself too', async () => {
    const [first, second] = await cluster.form(3);
    const moved = await move(first, 'n1:2');
    const leader = await cluster.leaderOf(second!, moved);
    await leader.node.membership.add({ id: 'n1', address: 'n1:2' });
    await until(moved, ({ leader: known }) => known !== null);
    if (leader !== moved) await leader.node.transferLeadership('n1');
    await until(moved, ({ role }) => role === 'leader');
    const { index } = await moved.node.propose(word('a'));
    await until(second!, hasApplied(index));
    const { configuration } = second!.node.status;
    expect(configuration.members.find(({ id }) => id === 'n1')?.address).toBe('n1:2');
  });

  it('that another member has is refused', async () => {
    const [first, , third] = await cluster.form(3);
    await third!.node.close();
    await cluster.open('n4', { transport: cluster.network.transport('n3:1') });
    const double = first.node.membership.add({ id: 'n4', address: 'n3:1' });
    await expect(double).rejects.toMatchObject({
      code: 'address-in-use',
      outcome: 'not-applied',
      retryable: false,
    });
  });
});

describe('removing a member', () => {
  it('leaves the others a smaller cluster, in which the removed one has no say', async () => {
    const [first, second, third] = await cluster.form(3);
    await second!.node.membership.remove('n3');
    await until(first, ({ configuration }) => configuration.members.length === 2);
    const { term } = first.node.status;
    await third!.node.close();
    await first.node.propose(word('a'));
    expect(first.node.status.term).toBe(term);
    expect(first.node.status.connections.map(({ id }) => id)).toEqual(['n2']);
  });

  it('tells the removed one, which is quiet from then on, a restart included', async () => {
    const [first, second, third] = await cluster.form(3);
    cluster.isolate(third!);
    await first.node.membership.remove('n3');
    cluster.network.heal();
    await until(third!, ({ removed }) => removed);
    await expect(third!.node.read(() => 0)).rejects.toMatchObject({ code: 'removed' });
    await third!.node.close();
    const again = await cluster.open('n3', { log: third!.log });
    await until(again, ({ removed }) => removed);
    expect(again.node.status.electionInMs).toBeNull();
    const { term } = first.node.status;
    await second!.node.propose(word('a'));
    expect(first.node.status.term).toBe(term);
  });

  it('may remove the leader itself, and another leads', async () => {
    const [first, second, third] = await cluster.form(3);
    await first.node.membership.remove('n1');
    const leader = await cluster.leaderOf(second!, third!);
    await leader.node.propose(word('a'));
    expect(roles(leader.node.status)).toEqual(['n2 voter', 'n3 voter']);
  });

  it('refuses to remove nobody, or the last voter', async () => {
    const [first] = await cluster.form(1);
    const { membership } = first.node;
    await expect(membership.remove('n9')).rejects.toMatchObject({ code: 'unknown-member' });
    await expect(membership.remove('n1')).rejects.toMatchObject({ code: 'last-voter' });
    expect(isVoter(first.node.status)).toBe(true);
  });
});
