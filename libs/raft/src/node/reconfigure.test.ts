import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leads, TestCluster, until, untilEvent, word } from './test/cluster.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

describe('reconfigure', () => {
  it('returns the settings in force, and tells what changed, once', async () => {
    const opened = await cluster.open('n1');
    const { node } = opened;
    const { timing, limits } = node.reconfigure({
      timing: { electionMs: [200, 400] },
      limits: { maxInflight: 4 },
    });
    expect(timing).toEqual({ heartbeatMs: 25, electionMs: [200, 400], stallMs: 800 });
    expect(limits).toMatchObject({ maxInflight: 4, maxAppendBytes: 1024 * 1024 });
    expect(await untilEvent(opened, 'reconfigured')).toMatchObject({
      timing: { electionMs: [200, 400], stallMs: 800 },
      limits: { maxInflight: 4 },
    });
    node.reconfigure({ limits: { maxInflight: 4 } });
    await node.close();
    const types: string[] = [];
    for await (const { type } of node.events({ since: 1 })) types.push(type);
    expect(types.filter((type) => type === 'reconfigured')).toHaveLength(1);
  });

  it('changes nothing at all when one setting is wrong, and names it', async () => {
    const { node } = await cluster.open('n1');
    const wrong = { timing: { heartbeatMs: 10 }, limits: { maxInflight: 0 } };
    expect(() => node.reconfigure(wrong)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        outcome: 'not-applied',
        message: expect.stringContaining('limits.maxInflight') as string,
      }),
    );
    expect(node.reconfigure({}).timing.heartbeatMs).toBe(25);
  });

  it('does not wait for what the old timing had drawn', async () => {
    const timing = { heartbeatMs: 500, electionMs: [100_000, 200_000] } as const;
    const first = await cluster.open('n1', { timing });
    await first.node.bootstrap();
    const second = await cluster.join(await cluster.open('n2', { timing }), first);
    const third = await cluster.join(await cluster.open('n3', { timing }), first);
    cluster.isolate(first);
    for (const { node } of [second, third]) {
      node.reconfigure({ timing: { heartbeatMs: 25, electionMs: [150, 300] } });
    }
    const leader = await cluster.leaderOf(second, third);
    await leader.node.propose(word('a'));
  });

  it('bounds the calls that wait from then on', async () => {
    const [first, second] = await cluster.form(2);
    cluster.isolate(second!);
    await until(first, leads);
    const waiting = first.node.propose(word('a'), { timeoutMs: 200 });
    first.node.reconfigure({ limits: { maxWaiting: 1 } });
    await expect(first.node.propose(word('b'))).rejects.toMatchObject({ code: 'overloaded' });
    await expect(waiting).rejects.toMatchObject({ outcome: 'unknown' });
  });

  it('is refused by a node that closes', async () => {
    const { node } = await cluster.open('n1');
    await node.close();
    expect(() => node.reconfigure({})).toThrow(expect.objectContaining({ code: 'stopped' }));
  });
});
