import { createServer } from 'node:net';
import { once } from 'node:events';
import type { Written } from '@quorate/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

let cluster: Cluster;
let n1: NodeProcess;
let n2: NodeProcess;

async function startBlankNodes(): Promise<void> {
  cluster = await Cluster.prepare(2);
  [n1, n2] = cluster.nodes as [NodeProcess, NodeProcess];
  await Promise.all([n1.start(), n2.start()]);
}

const join = (at: NodeProcess, nodeId: string, raftPort: number | string, more = '') =>
  at.fetch(`/join?nodeId=${nodeId}&raftPort=${raftPort}${more}`);
const bootstrap = (node: NodeProcess) => node.fetch('/bootstrap', { method: 'POST' });

// The tests of each block go on where the one before ended.

describe('a blank node', () => {
  beforeAll(startBlankNodes);
  afterAll(() => cluster[Symbol.asyncDispose]());

  it('answers 503 and says what to do', async () => {
    for (const [path, init] of [
      ['/kv/a', { method: 'PUT', body: 'x' }],
      ['/kv/a', {}],
      ['/kv/a?consistency=local', {}],
      ['/set?key=a&value=x', {}],
    ] satisfies [string, RequestInit][]) {
      const body = await failure(n1.fetch(path, init), 503, 'not-bootstrapped');
      expect(body.outcome).toBe('not-applied');
      expect(body.message).toContain('bootstrap');
    }
    await failure(n1.fetch('/health/ready'), 503, 'not-ready');
    expect((await n1.status()).clusterId).toBeNull();
  });

  it('stays blank when the peer cannot be reached', async () => {
    const nobody = await freePorts(1);
    const { message } = await failure(join(n1, 'n2', nobody), 422, 'peer-unreachable');
    expect(message).toContain(String(nobody));
    expect((await n1.status()).clusterId).toBeNull();
  });

  it('stays blank when another node answers', async () => {
    const { message } = await failure(join(n1, 'n3', n2.raftPort), 409, 'peer-mismatch');
    expect(message).toMatch(/n2 .*n3/);
    expect((await n1.status()).clusterId).toBeNull();
  });

  it('founds the cluster by its first join', async () => {
    const { index } = await success<Written>(join(n1, 'n2', n2.raftPort));
    expect(index).toBeGreaterThan(0);
    await cluster.settled();
    await success(n2.fetch('/set?key=a&value=x'));
    expect(await (await n1.fetch('/get?key=a')).text()).toBe('x');
  });
});

describe('a join', () => {
  beforeAll(async () => {
    await startBlankNodes();
    await success(bootstrap(n1));
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it.each([
    ['nodeId', 'n%202', '9001', ''],
    ['nodeId', '', '9001', ''],
    ['nodeId', 'n'.repeat(64), '9001', ''],
    ['raftPort', 'n2', 'http', ''],
    ['raftPort', 'n2', '0', ''],
    ['raftPort', 'n2', '65536', ''],
    ['host', 'n2', '9001', '&host=a%20b'],
  ])('with a wrong %s is refused by name', async (name, nodeId, raftPort, more) => {
    const { message } = await failure(join(n1, nodeId, raftPort, more), 400, 'bad-request');
    expect(message).toContain(name);
  });

  it('without its parameters is refused by name', async () => {
    expect((await failure(n1.fetch('/join'), 400)).message).toContain('nodeId');
    expect((await failure(n1.fetch('/join?nodeId=n2'), 400)).message).toContain('raftPort');
  });

  it('changes nothing when the peer cannot be reached, or is not a node', async () => {
    const { lastIndex } = await n1.status();
    const nobody = await freePorts(1);
    await failure(join(n1, 'n2', nobody), 422, 'peer-unreachable');

    const stranger = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await once(stranger.listen(0, '127.0.0.1'), 'listening');
    const { port } = stranger.address() as { port: number };
    const refused = await join(n1, 'n2', port);
    stranger.close();
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);

    const status = await n1.status();
    expect(status.members.map((member) => member.id)).toEqual(['n1']);
    expect(status.lastIndex).toBe(lastIndex);
  });

  it('works by POST of a form and of JSON, and may be repeated', async () => {
    const parameters = { nodeId: 'n2', raftPort: String(n2.raftPort), host: '127.0.0.1' };
    const first = await success<Written>(
      n1.fetch('/join', { method: 'POST', body: new URLSearchParams(parameters) }),
    );
    await cluster.settled();
    const again = await success<Written>(
      n1.fetch('/join', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(parameters),
      }),
    );
    expect(again.index).toBeGreaterThanOrEqual(first.index);
    expect((await n1.status()).members).toMatchObject([
      { id: 'n1', role: 'voter', url: n1.url },
      { id: 'n2', role: 'voter', url: n2.url },
    ]);
  });

  it('may be sent to a follower', async () => {
    await success(join(n2, 'n1', n1.raftPort));
    const { message } = await failure(
      join(n2, 'n1', n1.raftPort, '&forward=false'),
      421,
      'not-leader',
    );
    expect(message).toContain('not a leader');
  });
});

describe('a node of another cluster', () => {
  beforeAll(async () => {
    await startBlankNodes();
    await success(bootstrap(n2));
    await success(n2.fetch('/set?key=mine&value=x'));
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it('is refused by a blank node, which stays blank', async () => {
    await failure(join(n1, 'n2', n2.raftPort), 409, 'cluster-mismatch');
    expect((await n1.status()).clusterId).toBeNull();
  });

  it('is refused by a cluster, and both stay as they are', async () => {
    await success(bootstrap(n1));
    const { message } = await failure(join(n1, 'n2', n2.raftPort), 409, 'cluster-mismatch');
    expect(message).toContain((await n1.status()).clusterId);
    expect(message).toContain((await n2.status()).clusterId);
    expect((await n1.status()).members).toHaveLength(1);
    expect(await (await n2.fetch('/get?key=mine')).text()).toBe('x');
  });

  it('cannot be bootstrapped again, and RAFT_BOOTSTRAP leaves it as it is', async () => {
    await failure(bootstrap(n1), 409, 'already-bootstrapped');
    const { clusterId } = await n1.status();
    await n1.end('SIGTERM');
    await n1.start({ RAFT_BOOTSTRAP: 'true' });
    const status = await until('n1 leads again', async () => {
      const status = await n1.status();
      return status.role === 'leader' ? status : null;
    });
    expect(status.clusterId).toBe(clusterId);
  });
});
