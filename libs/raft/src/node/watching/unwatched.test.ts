import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RaftCore } from '../../core/raft-core.js';
import { hasApplied, TestCluster, until, word } from '../test/cluster.js';
import { Histogram } from './histogram.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await cluster[Symbol.asyncDispose]();
});

describe('while nobody looks', () => {
  it('no status is made, no figure is computed, and writes tell no events', async () => {
    const nodes = await cluster.form(3);
    const [first] = nodes;
    const { index } = await first.node.propose(word('first'));
    for (const each of nodes) await until(each, hasApplied(index));
    const seqs = nodes.map(({ node }) => node.lastEventSeq);
    const status = vi.spyOn(RaftCore.prototype, 'status');
    const read = vi.spyOn(Histogram.prototype, 'read');
    for (let i = 0; i < 50; i++) {
      await first.node.propose(word(`${i}`));
      await first.node.read(() => i);
    }
    expect(status).not.toHaveBeenCalled();
    expect(read).not.toHaveBeenCalled();
    expect(nodes.map(({ node }) => node.lastEventSeq)).toEqual(seqs);
  });
});
