import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RaftStatus } from '../status.js';
import { hasApplied, isVoter, TestCluster, until, word } from '../test/cluster.js';

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
