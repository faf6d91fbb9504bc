import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCluster, until, untilEvent } from './test/cluster.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

describe('a node that is asked to stand', () => {
  it('takes over from a leader that lives', async () => {
    const [n1, n2] = await cluster.form(3);
    const { term } = n1.node.status;
    expect(await n2!.node.campaign()).toBe(term + 1);
    await until(n2!, ({ role }) => role === 'leader');
    await until(n1, ({ leader }) => leader?.id === 'n2');
    expect(await untilEvent(n2!, 'election-timeout')).toBeDefined();
  });

  it('refuses as a learner, or while it is blank', async () => {
    const [n1] = await cluster.form(1);
    const n2 = await cluster.open('n2');
    await expect(n2.node.campaign()).rejects.toMatchObject({ code: 'not-bootstrapped' });
    const { address } = n2.node.status;
    await n1.node.membership.add({ id: 'n2', address, learner: true });
    await until(n2, ({ configuration }) => configuration.members.length === 2);
    await expect(n2.node.campaign()).rejects.toMatchObject({
      code: 'not-a-voter',
      outcome: 'not-applied',
    });
  });
});

it('tells in its status to whom it hands over, and its timing', async () => {
  const [n1, n2] = await cluster.form(3);
  expect(n1.node.status).toMatchObject({ transferTo: null, timing: { heartbeatMs: 25 } });
  cluster.isolate(n2!);
  const handedOver = n1.node.transferLeadership('n2');
  await until(n1, ({ transferTo }) => transferTo === 'n2');
  await expect(handedOver).rejects.toMatchObject({ code: 'transfer-failed' });
  expect(n1.node.status.transferTo).toBeNull();
});
