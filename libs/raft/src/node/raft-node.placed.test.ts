import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCluster, word } from './test/cluster.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

describe('a caller', () => {
  it('learns where its command is placed, at a leader and at a follower', async () => {
    const nodes = await cluster.form(2);
    for (const { node } of nodes) {
      const places: [number, number][] = [];
      const placed = (index: number, term: number) => places.push([index, term]);
      const { index, term } = await node.propose(word('a'), { placed });
      const keyed = await node.propose(word('b'), { placed, key: node.status.id });
      expect(places).toEqual([
        [index, term],
        [keyed.index, keyed.term],
      ]);
    }
  });

  it('gets what its own function throws, and the node goes on', async () => {
    const [n1] = await cluster.form(1);
    const placed = () => {
      throw new Error('mine');
    };
    await expect(n1.node.propose(word('a'), { placed })).rejects.toThrow('mine');
    expect(await n1.node.propose(word('b'))).toMatchObject({ result: 2 });
  });
});
