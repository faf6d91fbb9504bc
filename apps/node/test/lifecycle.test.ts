import { once } from 'node:events';
import { createServer } from 'node:net';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Written } from '@quorate/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import { type NodeProcess, runToEnd } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

async function listening(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a start', () => {
  it('explains itself', async () => {
    const { code, output } = await runToEnd(['--help'], {});
    expect(code).toBe(0);
    expect(output).toContain('RAFT_BOOTSTRAP');
  });

  it('refuses options and variables it does not understand', async () => {
    const option = await runToEnd(['--port', '8000'], {});
    expect(option).toMatchObject({ code: 1, output: expect.stringContaining('--port') as string });
    const variable = await runToEnd([], { HTTP_SERVER_PORT: 'eighty' });
    expect(variable.code).toBe(1);
    expect(variable.output).toContain("HTTP_SERVER_PORT='eighty'");
  });

  it.each([
    ['HTTP_SERVER_PORT', (node: NodeProcess) => node.httpPort],
    ['RAFT_SERVER_PORT', (node: NodeProcess) => node.raftPort],
  ])('with %s in use ends, names it, and leaves nothing behind', async (variable, portOf) => {
    await using cluster = await Cluster.prepare(1, { RAFT_BOOTSTRAP: 'true' });
    const [node] = cluster.nodes as [NodeProcess];
    const other = await listening(portOf(node));
    await expect(node.start()).rejects.toThrow(`${variable}=${portOf(node)}`);
    expect(await node.exit).toEqual({ code: 1, signal: null });
    other.close();
    await node.start();
    await cluster.settled();
  });

  it('refuses a volume that another process holds', async () => {
    await using cluster = await Cluster.prepare(2);
    const [n1, n2] = cluster.nodes as [NodeProcess, NodeProcess];
    await n1.start();
    await expect(n2.start({ RAFT_VOLUME_DIR: n1.volumeDir, RAFT_NODE_ID: 'n1' })).rejects.toThrow(
      'RAFT_VOLUME_DIR',
    );
  });

  it("refuses another node's volume", async () => {
    await using cluster = await Cluster.prepare(1, { RAFT_BOOTSTRAP: 'true' });
    const [node] = cluster.nodes as [NodeProcess];
    await node.start();
    await node.end('SIGTERM');
    await expect(node.start({ RAFT_NODE_ID: 'n9' })).rejects.toThrow('n9');
  });
});

describe('a stop', () => {
  it('by SIGTERM takes little time, though clients hold connections', async () => {
    await using cluster = await Cluster.start(1);
    const [node] = cluster.nodes as [NodeProcess];
    await success(node.fetch('/set?key=a&value=1'));
    const start = performance.now();
    expect(await node.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - start).toBeLessThan(3000);
    expect(node.output).toContain('stopped');
  });

  it('by SIGINT is as clean, unless a supervisor holds the node', async () => {
    await using cluster = await Cluster.prepare(2);
    const [alone, held] = cluster.nodes as [NodeProcess, NodeProcess];
    await alone.start();
    expect(await alone.end('SIGINT')).toEqual({ code: 0, signal: null });

    await held.start({}, ['ignore', 'pipe', 'pipe', 'ipc']);
    held.signal('SIGINT');
    await success(held.fetch('/health/live'));
    held.disconnect();
    expect(await held.exit).toEqual({ code: 0, signal: null });
    expect(held.output).toContain('the supervisor is gone');
  });

  it('asked for twice waits for nothing', async () => {
    await using cluster = await Cluster.start(2, { RAFT_ELECTION_MS: '2000-3000' });
    const leader = await cluster.settled();
    const follower = cluster.nodes.find((node) => node !== leader)!;
    // Nobody is there to take over, so that the hand-over takes its time.
    follower.signal('SIGSTOP');
    leader.signal('SIGTERM');
    await until('it is stopping', () => leader.output.includes('SIGTERM: stopping') || null);
    leader.signal('SIGTERM');
    expect(await leader.exit).toEqual({ code: 1, signal: null });
    expect(leader.output).toContain('exiting at once');
  });
});

// The tests of this block go on where the one before ended.
describe('a cluster of three', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(3);
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it('tells its story in the words of Raft', () => {
    const founder = cluster.nodes[0]!;
    for (const words of [
      'initial configuration',
      'entering follower state',
      'entering candidate state, term',
      'votes needed',
      'vote granted from n1, term',
      'election won, term',
      'entering leader state, term',
      'updating configuration',
      'added peer n2, starting replication',
      'append rejected by n2, sending older entries, next',
      'pipelining replication to n2',
    ]) {
      expect(founder.output).toContain(words);
    }
  });

  it('gets another leader before its leader stops', async () => {
    const leader = await cluster.settled();
    const others = cluster.nodes.filter((node) => node !== leader);
    const { term } = await leader.status();
    expect((await leader.end('SIGTERM')).code).toBe(0);
    expect(leader.output).toMatch(/leadership handed over to n\d/);
    const next = await cluster.settled(others);
    expect((await next.status()).term).toBe(term + 1);
    await leader.start();
  });

  it('ends writes and reads in time without a quorum, and says whether a write may have happened', async () => {
    const leader = await cluster.settled();
    const others = cluster.nodes.filter((node) => node !== leader);
    for (const node of others) node.signal('SIGSTOP');
    const start = performance.now();
    const answers = await Promise.all([
      leader.fetch('/set?key=lost&value=1'),
      leader.fetch('/get?key=lost'),
    ]);
    expect(performance.now() - start).toBeLessThan(8000);
    const [write, read] = answers;
    expect([503, 504]).toContain(write.status);
    expect((await failure(write, write.status)).outcome).toBe('unknown');
    expect([503, 504]).toContain(read.status);
    expect((await failure(read, read.status)).outcome).toBe('not-applied');

    // By now it has stepped down: what comes next is surely not applied.
    await until('the leader steps down', async () =>
      (await leader.status()).role === 'leader' ? null : true,
    );
    await failure(leader.fetch('/health/ready'), 503, 'not-ready');
    const late = await leader.fetch('/set?key=late&value=1');
    expect((await failure(late, 503, 'no-leader')).outcome).toBe('not-applied');
    for (const node of others) node.signal('SIGCONT');
    await cluster.settled();
    await failure(leader.fetch('/kv/late'), 404);
  });

  it('keeps its data when every node restarts', async () => {
    const leader = await cluster.settled();
    const { index } = await success<Written>(leader.fetch('/set?key=kept&value=x'));
    const { clusterId } = await leader.status();
    await Promise.all(cluster.nodes.map((node) => node.end('SIGTERM')));
    await Promise.all(cluster.nodes.map((node) => node.start()));
    await cluster.settled();
    for (const node of cluster.nodes) {
      const answer = await node.fetch('/kv/kept');
      expect(await answer.text()).toBe('x');
      expect(answer.headers.get('quorate-index')).toBe(String(index));
      expect((await node.status()).clusterId).toBe(clusterId);
    }
    expect(await readdir(leader.volumeDir)).not.toHaveLength(0);
  });

  it('loses no acknowledged write when its leader is killed', async () => {
    const leader = await cluster.settled();
    const others = cluster.nodes.filter((node) => node !== leader);
    const acknowledged: number[] = [];
    let killed = false;

    for (let i = 1; i <= 300; i++) {
      if (i === 100) {
        leader.signal('SIGKILL');
        killed = true;
      }
      const node = killed ? others[i % 2]! : cluster.nodes[i % 3]!;
      const answer = await node.fetch(`/set?key=${i}&value=${i}`);
      if (answer.ok) acknowledged.push(i);
    }
    expect(acknowledged.length).toBeGreaterThan(290);

    await leader.exit;
    await leader.start();
    await cluster.settled();
    for (const node of cluster.nodes) {
      const { items } = await success<{ items: { key: string; value: string }[] }>(
        node.fetch('/kv?limit=1000'),
      );
      const values = new Map(items.map((item) => [item.key, item.value]));
      for (const i of acknowledged) expect(values.get(String(i))).toBe(String(i));
    }
  });

  it('applies a write once under its idempotency key, though leaders are killed around it', async () => {
    const leader = await cluster.settled();
    const [one, other] = cluster.nodes.filter((node) => node !== leader) as [
      NodeProcess,
      NodeProcess,
    ];
    const write = (node: NodeProcess, key: string) =>
      success<Written>(
        node.fetch(`/kv/${key}`, {
          method: 'PUT',
          body: key,
          headers: { 'idempotency-key': key },
        }),
      );
    const before = await write(leader, 'before');
    const keys = Array.from({ length: 50 }, (_, i) => `while-${i}`);
    const writes = keys.map((key) => write(one, key));
    leader.signal('SIGKILL');
    const written = await Promise.all(writes);

    expect(await write(one, 'before')).toEqual(before);
    expect(await Promise.all(keys.map((key) => write(other, key)))).toEqual(written);
    await leader.start();
    await cluster.settled();
    expect(await write(leader, 'before')).toEqual(before);
    const { headers } = await leader.fetch('/kv/while-0');
    expect(headers.get('quorate-index')).toBe(String(written[0]?.index));
  });
});

it('writes JSON when asked for it', async () => {
  await using cluster = await Cluster.prepare(1, { LOG_FORMAT: 'json' });
  const [node] = cluster.nodes as [NodeProcess];
  await node.start();
  await node.end('SIGTERM');
  for (const line of node.output.trim().split('\n')) {
    expect(JSON.parse(line)).toMatchObject({ node: 'n1', level: expect.any(String) as string });
  }
});

describe('a snapshot', () => {
  it('is taken when much was written, and a node comes back from it with everything', async () => {
    await using cluster = await Cluster.prepare(1, { RAFT_BOOTSTRAP: 'true' });
    const [node] = cluster.nodes as [NodeProcess];
    await node.start();
    await cluster.settled();
    const value = (round: number) => Buffer.alloc(1024 * 1024, round);
    for (let round = 0; round < 70; round++) {
      const init = { method: 'PUT', body: value(round) };
      await success(node.fetch(`/kv/large-${round % 7}`, init));
    }
    const snapshots = join(node.volumeDir, 'snapshots');
    await until('a snapshot is there', async () => (await readdir(snapshots)).length > 0 || null);
    await node.end('SIGKILL');
    await node.start();
    await cluster.settled();
    expect((await node.status()).keys).toBe(7);
    for (let key = 0; key < 7; key++) {
      const answer = await node.fetch(`/kv/large-${key}`);
      expect(Buffer.from(await answer.arrayBuffer()).equals(value(63 + key))).toBe(true);
    }
  });
});
