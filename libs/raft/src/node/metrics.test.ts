import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quantile } from './watching/histogram.js';
import { KeptWords, TestSnapshots } from './test/snapshots.js';
import { hasApplied, TestCluster, until, word } from './test/cluster.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

describe('metrics', () => {
  it('are all zero on a node that has done nothing', async () => {
    const { node } = await cluster.open('n1');
    const metrics = node.metrics();
    expect(metrics.proposals).toMatchObject({ accepted: 0, failed: {}, latency: { count: 0 } });
    expect(metrics.log).toMatchObject({ committed: 0, applied: 0, writes: 0 });
    expect(metrics.queues).toEqual({ openCalls: 0, heldMessages: 0, unapplied: 0 });
  });

  it('count calls where they were made, with how long they took', async () => {
    const [first, second] = await cluster.form(3);
    for (const { node } of [first, second!]) {
      await Promise.all(['a', 'b', 'c'].map((text) => node.propose(word(text))));
      await node.read(() => 1);
      await node.read(() => 1, { consistency: 'local' });
    }
    for (const { node } of [first, second!]) {
      const { proposals, reads } = node.metrics();
      expect(proposals).toMatchObject({ accepted: 3, failed: {} });
      expect(proposals.latency.count).toBe(3);
      expect(quantile(proposals.latency, 0.5)).toBeGreaterThan(0);
      expect(reads.served).toEqual({ linearizable: 1, local: 1 });
      expect(reads.latency.count).toBe(1);
    }
  });

  it('count what was refused by why it was', async () => {
    const { node } = await cluster.open('n1');
    await node.propose(word('a')).catch(() => undefined);
    await node.read(() => 1).catch(() => undefined);
    await node.bootstrap();
    const signal = AbortSignal.abort();
    await node.propose(word('b'), { signal }).catch(() => undefined);
    const { proposals, reads } = node.metrics();
    expect(proposals.failed).toEqual({ 'not-bootstrapped': 1, aborted: 1 });
    expect(reads.failed).toEqual({ 'not-bootstrapped': 1 });
  });

  it('follow entries to the disk, to the others and to the state machine', async () => {
    const [first, second, third] = await cluster.form(3);
    const before = first.node.metrics();
    const commands = Array.from({ length: 50 }, (_, i) => first.node.propose(word(`${i}`)));
    const indexes = (await Promise.all(commands)).map(({ index }) => index);
    for (const each of [second!, third!]) await until(each, hasApplied(Math.max(...indexes)));
    const { log, messages, queues } = first.node.metrics();
    expect(log.committed - before.log.committed).toBe(50);
    expect(log.applied - before.log.applied).toBe(50);
    expect(log.appliedBytes - before.log.appliedBytes).toBe(90);
    expect(log.writeDuration.count).toBe(log.writes);
    // Proposed together, they went to the disk together.
    expect(log.batch.max).toBeGreaterThanOrEqual(50);
    expect(log.writtenBytes).toBeGreaterThan(before.log.writtenBytes + 50 * 32);
    expect(queues).toEqual({ openCalls: 0, heldMessages: 0, unapplied: 0 });
    const follower = second!.node.metrics();
    expect(follower.log.applied).toBe(log.applied);
    expect(messages.sent['append-request']).toBeGreaterThan(0);
    expect(follower.messages.received['append-request']).toBeGreaterThan(0);
    expect(messages.received['append-response']).toBeGreaterThan(0);
  });

  it('count elections, leaders and step-downs', async () => {
    const [first, second, third] = await cluster.form(3);
    await first.node.transferLeadership('n2');
    const leader = await cluster.leaderOf(second!, third!);
    const { elections } = leader.node.metrics();
    expect(elections).toMatchObject({ started: 1, won: 1 });
    expect(elections.leaderChanges).toBeGreaterThanOrEqual(2);
    expect(first.node.metrics().elections.stepDowns).toEqual({ transferred: 1 });
    expect(third!.node.metrics().elections).toMatchObject({ started: 0, won: 0, stepDowns: {} });
  });

  it('count snapshots that are taken, sent, installed and failed', async () => {
    const limits = { trailingEntries: 0 };
    const keeping = async (id: string) => {
      const snapshots = new TestSnapshots();
      const stateMachine = new KeptWords();
      return { ...(await cluster.open(id, { snapshots, stateMachine, limits })), snapshots };
    };
    const first = await keeping('n1');
    await first.node.bootstrap();
    await first.node.propose(word('a'));
    first.snapshots.saving = new Error('no space left');
    await expect(first.node.snapshot()).rejects.toThrow('no space left');
    first.snapshots.saving = null;
    await first.node.snapshot();
    const second = await keeping('n2');
    await cluster.join(second, first);
    const { snapshots } = first.node.metrics();
    expect(snapshots).toMatchObject({ taken: 1, takeDuration: { count: 1 } });
    expect(snapshots).toMatchObject({ sent: 1, installed: 0, failed: { take: 1 } });
    const { snapshots: installed } = second.node.metrics();
    expect(installed).toMatchObject({ sent: 0, installed: 1, installDuration: { count: 1 } });
    expect(installed.failed).toEqual({});
  });

  it('only rise, and are a copy', async () => {
    const { node } = await cluster.open('n1');
    await node.bootstrap();
    const before = node.metrics();
    const copy = structuredClone(before);
    await node.propose(word('a'));
    expect(before).toEqual(copy);
    expect(node.metrics().log.applied).toBe(before.log.applied + 1);
  });
});
