import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, TestCluster, type TestNode } from '../test/cluster.js';
import { FakeClock } from '../test/fake-clock.js';
import type { AutopilotOptions } from './options.js';

let clock: FakeClock;
let cluster: TestCluster;
beforeEach(() => {
  clock = new FakeClock();
  cluster = new TestCluster();
});
afterEach(() => clock.meanwhile(cluster[Symbol.asyncDispose]()));

const rules = { removeDeadAfterMs: 5000, stabilizationMs: 2000, intervalMs: 100 };

/** A leader and its voters, all with an autopilot. */
async function form(size: number, autopilot: AutopilotOptions): Promise<[TestNode, ...TestNode[]]> {
  const first = await cluster.open('n1', { autopilot, clock });
  await clock.meanwhile(first.node.bootstrap());
  const others: TestNode[] = [];
  for (let i = 2; i <= size; i++) {
    const other = await cluster.open(`n${i}`, { autopilot, clock });
    const { id, node } = other;
    await clock.meanwhile(first.node.membership.add({ id, address: node.status.address }));
    await clock.pass(200);
    others.push(other);
  }
  return [first, ...others];
}

const members = ({ node }: TestNode) => node.status.configuration.members.map(({ id }) => id);
const removed = (node: TestNode) => eventsOf(node, 'autopilot-removed').map(({ peer }) => peer);

describe('autopilot', () => {
  it('removes dead servers one after the other, and stops at the least number of voters', async () => {
    const [first, second, third, ...others] = await form(5, rules);
    await clock.pass(10_000);
    expect(removed(first)).toEqual([]);
    for (const dead of others) cluster.isolate(dead);
    await clock.pass(4500);
    expect(members(first)).toHaveLength(5);
    await clock.pass(1000);
    expect(members(first)).toHaveLength(4);
    await clock.pass(1500);
    expect(members(first)).toHaveLength(4);
    await clock.pass(1500);
    expect(members(first)).toEqual(['n1', 'n2', 'n3']);
    expect(removed(first).sort()).toEqual(['n4', 'n5']);
    cluster.isolate(third!);
    await clock.pass(20_000);
    expect(members(first)).toEqual(['n1', 'n2', 'n3']);
    expect(first.node.autopilot?.plan()).toMatchObject({
      remove: null,
      keep: [{ id: 'n3', because: 'min-voters' }],
    });
    expect(second!.node.autopilot?.plan()).toBeNull();
  });

  it('only tells, once, in a dry run', async () => {
    const [first, , , fourth] = await form(4, { ...rules, dryRun: true });
    cluster.isolate(fourth!);
    await clock.pass(20_000);
    expect(members(first)).toHaveLength(4);
    expect(eventsOf(first, 'autopilot-would-remove')).toMatchObject([{ peer: 'n4' }]);
    expect(first.node.autopilot?.plan()?.remove).toMatchObject({ id: 'n4', role: 'voter' });
  });

  it('counts from its own first look when the leader is new', async () => {
    const [first, second, third, fourth] = await form(4, rules);
    cluster.isolate(fourth!);
    await clock.pass(4000);
    await clock.meanwhile(first.node.transferLeadership('n2'));
    await clock.pass(4000);
    expect(members(second!)).toHaveLength(4);
    await clock.pass(2000);
    expect(removed(second!)).toEqual(['n4']);
    expect(members(third!)).toEqual(['n1', 'n2', 'n3']);
  });

  it("takes its own sleep for nobody else's silence", async () => {
    const [first] = await form(4, rules);
    await clock.pass(3000);
    clock.sleep(60_000);
    expect(first.node.autopilot?.plan()).toEqual({ remove: null, keep: [] });
    await clock.pass(3000);
    expect(removed(first)).toEqual([]);
  });

  it('is off unless it is asked for', async () => {
    const { node } = await cluster.open('n1');
    expect(node.autopilot).toBeNull();
  });
});
