import type { Fault, FaultList, FaultRequest, NodeEvent } from '@quorate/contract';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

let cluster: Cluster;
let leader: NodeProcess;
let follower: NodeProcess;

beforeAll(async () => {
  cluster = await Cluster.start(3, { QUORATE_CHAOS: 'on' });
  leader = await cluster.settled();
  follower = cluster.nodes.find((node) => node !== leader)!;
});
afterAll(() => cluster[Symbol.asyncDispose]());

const send = (node: NodeProcess, method: string, path: string, body?: object) =>
  node.fetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
const inject = (node: NodeProcess, over: Partial<FaultRequest> = {}) => {
  const peer = cluster.nodes.find((other) => other !== node)!.id;
  const effect = { type: 'cut' };
  const fault = { peer, direction: 'both', effect, owner: 'ann', ttlMs: 60_000, ...over };
  return send(node, 'POST', '/faults', fault);
};

/** Everything that a node tells from its start on. */
function eventsOf(node: NodeProcess) {
  const events: NodeEvent[] = [];
  const socket = io(node.url, { transports: ['websocket'] });
  socket.on('connect', () => socket.emit('resume', { run: null, seq: 0 }));
  socket.on('events', (batch: { events: NodeEvent[] }) => events.push(...batch.events));
  return { events, [Symbol.dispose]: () => void socket.close() };
}

// The tests of each block go on where the one before ended.

describe('faults over REST', () => {
  it('are injected, listed with the time they have left, and healed one by one', async () => {
    const fault = await success<Fault>(inject(follower, { peer: leader.id }));
    expect(fault).toMatchObject({ id: 'f1', peer: leader.id, owner: 'ann', ttlMs: 60_000 });
    const { faults } = await success<FaultList>(follower.fetch('/faults'));
    expect(faults).toMatchObject([{ id: 'f1', effect: { type: 'cut' } }]);
    expect(faults[0]!.leftMs).toBeLessThan(60_000);
    expect((await follower.status()).faults).toMatchObject([{ id: 'f1' }]);
    const healed = await success<FaultList>(send(follower, 'DELETE', '/faults/f1'));
    expect(healed).toEqual({ faults: [] });
    await failure(send(follower, 'DELETE', '/faults/f1'), 404, 'fault-not-found');
  });

  it('are healed all at once, whoever wanted them', async () => {
    await success(inject(follower));
    await success(inject(follower, { owner: 'bob', effect: { type: 'delay', ms: 5 } }));
    expect(await success<FaultList>(send(follower, 'DELETE', '/faults'))).toEqual({ faults: [] });
    expect((await follower.status()).faults).toEqual([]);
  });

  it.each<[string, Partial<FaultRequest>]>([
    ['peer', { peer: '' }],
    ['owner', { owner: '' }],
    ['ttlMs', { ttlMs: 3_600_001 }],
    ['effect.ms', { effect: { type: 'delay', ms: 60_001 } }],
    ['effect.chance', { effect: { type: 'loss', chance: 0 } }],
    ['effect.cutMs', { effect: { type: 'flap', cutMs: 1, wholeMs: 100 } }],
  ])('with a wrong %s are refused by name', async (name, over) => {
    const { message } = await failure(inject(follower, over), 400, 'bad-request');
    expect(message).toContain(name);
  });

  it('stand between two nodes', async () => {
    const { message } = await failure(inject(follower, { peer: follower.id }), 400);
    expect(message).toContain('is this node');
  });

  it('do what they say: a leader cut off from all others gives way, and follows when healed', async () => {
    using told = eventsOf(leader);
    const others = cluster.nodes.filter((node) => node !== leader);
    for (const { id } of others) await success(inject(leader, { peer: id }));
    await until('the others elect another', async () => {
      const statuses = await Promise.all(others.map((node) => node.status()));
      return statuses.some(({ role }) => role === 'leader') || null;
    });
    await until('the old leader steps down', async () => {
      return (await leader.status()).role === 'leader' ? null : true;
    });
    await success(send(leader, 'DELETE', '/faults'));
    await cluster.settled();
    const faults = told.events.filter(({ type }) => type.startsWith('fault-'));
    expect(faults).toMatchObject([
      { type: 'fault-injected', peer: others[0]!.id, owner: 'ann', direction: 'both' },
      { type: 'fault-injected', peer: others[1]!.id },
      { type: 'fault-healed', peer: others[0]!.id, why: 'healed' },
      { type: 'fault-healed', peer: others[1]!.id, why: 'healed' },
    ]);
    expect(faults[0]!.text).toContain('of ann: for 60 s messages to and from');
  });

  it('that run out are told when they do, though nobody asks', async () => {
    using told = eventsOf(follower);
    await success(inject(follower, { effect: { type: 'loss', chance: 0.001 }, ttlMs: 50 }));
    const expired = await until('it has run out', () => {
      return (
        told.events.find(({ type, why }) => type === 'fault-healed' && why === 'expired') ?? null
      );
    });
    expect(expired).toMatchObject({ owner: 'ann', effect: { type: 'loss', chance: 0.001 } });
  });
});

it('a node that was not started for it takes no faults, and says what it lacks', async () => {
  await using plain = await Cluster.prepare(1);
  const [node] = plain.nodes as [NodeProcess];
  await node.start();
  for (const answer of [node.fetch('/faults'), inject(node), send(node, 'DELETE', '/faults')]) {
    const { message } = await failure(answer, 404, 'chaos-off');
    expect(message).toContain('QUORATE_CHAOS=on');
  }
  expect((await node.status()).faults).toBeNull();
});
