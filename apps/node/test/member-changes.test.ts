import { createServer } from 'node:http';
import { once } from 'node:events';
import type { MemberChanges, NodeStatus, Probed, Written } from '@quorate/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

let cluster: Cluster;
let n1: NodeProcess;
let others: NodeProcess[];

beforeAll(async () => {
  cluster = await Cluster.prepare(4);
  [n1, ...others] = cluster.nodes as [NodeProcess, ...NodeProcess[]];
  await Promise.all(cluster.nodes.map((node) => node.start()));
});
afterAll(() => cluster[Symbol.asyncDispose]());

const post = (node: NodeProcess, path: string, body: object) =>
  node.fetch(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
const change = (node: NodeProcess, changes: MemberChanges) =>
  post(node, '/members/changes', changes);
const addressOf = ({ raftPort }: NodeProcess) => `127.0.0.1:${raftPort}`;
const add = (node: NodeProcess) =>
  ({ type: 'add', id: node.id, address: addressOf(node) }) as const;
const rolesIn = ({ members }: NodeStatus) => members.map(({ id, role }) => `${id} ${role}`);

// The tests go on where the one before ended.

describe('a probe', () => {
  const probe = (address: string) => post(n1, '/probe', { address });

  it('tells who answers at an address, and that it is blank', async () => {
    const [n2] = others;
    const found = await success<Probed>(probe(addressOf(n2!)));
    expect(found).toMatchObject({ id: 'n2', clusterId: null, url: n2!.url });
    expect(found.incarnation).not.toBe('');
  });

  it('tells a node that cannot be reached from a server that is none', async () => {
    const nobody = await freePorts(1);
    const { message } = await failure(probe(`127.0.0.1:${nobody}`), 422, 'peer-unreachable');
    expect(message).toContain(String(nobody));

    const stranger = createServer();
    await once(stranger.listen(0, '127.0.0.1'), 'listening');
    const { port } = stranger.address() as { port: number };
    await failure(probe(`127.0.0.1:${port}`), 409, 'peer-mismatch');
    stranger.close();
    await failure(probe('nowhere'), 400, 'invalid-argument');
  });
});

describe('changes of the membership', () => {
  it('happen together, in one joint configuration', async () => {
    await success(n1.fetch('/bootstrap', { method: 'POST' }));
    const [n2, n3] = others as [NodeProcess, NodeProcess];
    const promotions = [n2, n3].map(({ id }) => ({ type: 'promote', id }) as const);
    const changes = [add(n2), add(n3), ...promotions];
    const { index } = await success<Written>(change(n1, { changes }));
    const status = await n1.status();
    expect(status).toMatchObject({ configurationIndex: index, outgoing: null });
    expect(rolesIn(status)).toEqual(['n1 voter', 'n2 voter', 'n3 voter']);
    await cluster.settled([n1, n2, n3]);
  });

  it('replace a voter in one step, at any node', async () => {
    const [, n3, n4] = others as [NodeProcess, NodeProcess, NodeProcess];
    const { configurationIndex } = await n3.status();
    const changes = [add(n4), { type: 'promote', id: 'n4' }, { type: 'remove', id: 'n2' }] as const;
    await success(change(n3, { changes: [...changes], expectedIndex: configurationIndex }));
    const roles = await until('n3 knows', async () => {
      const roles = rolesIn(await n3.status());
      return roles.includes('n4 voter') ? roles : null;
    });
    expect(roles).toEqual(['n1 voter', 'n3 voter', 'n4 voter']);
  });

  it('happen not at all when somebody else was quicker, or one of them cannot', async () => {
    const before = await n1.status();
    const stale = { changes: [{ type: 'demote', id: 'n4' } as const], expectedIndex: 1 };
    await failure(change(n1, stale), 409, 'configuration-changed');
    const unknown = { type: 'remove', id: 'n9' } as const;
    await failure(change(n1, { changes: [...stale.changes, unknown] }), 404, 'unknown-member');
    const nobody = { changes: [{ type: 'explode', id: 'n4' }] };
    await failure(post(n1, '/members/changes', nobody), 400, 'bad-request');
    await failure(change(n1, { changes: [] }), 400, 'bad-request');
    expect((await n1.status()).members).toEqual(before.members);
  });
});

it('a node that joins to learn stays a learner until it is promoted', async () => {
  const [n2] = others as [NodeProcess];
  await n2.end('SIGTERM');
  await n2.start({ RAFT_VOLUME_DIR: `${n2.volumeDir}-anew` });
  const query = `nodeId=n2&raftPort=${n2.raftPort}`;
  await success(n1.fetch(`/join?${query}&learner=true`));
  const write = () => success<Written>(n1.fetch('/set?key=a&value=x'));
  const { index } = await write();
  await until('n2 has caught up', async () => (await n2.status()).appliedIndex >= index || null);
  await write();
  expect(rolesIn(await n1.status())).toContain('n2 learner');
  const { message } = await failure(n1.fetch(`/join?${query}&learner=maybe`), 400);
  expect(message).toContain('learner');
});
