import { writeFile } from 'node:fs/promises';
import type { NodeStatus, SnapshotTaken, Written } from '@quorate/contract';
import { describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import { type NodeProcess, runToEnd } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

/** A command on the volume of a node that does not run. */
const offline = (node: NodeProcess, ...args: string[]) =>
  runToEnd(args, {
    RAFT_NODE_ID: node.id,
    RAFT_VOLUME_DIR: node.volumeDir,
    HTTP_SERVER_PORT: String(node.httpPort),
    RAFT_SERVER_PORT: String(node.raftPort),
  });
const write = (node: NodeProcess, key: string) =>
  success<Written>(node.fetch(`/set?key=${key}&value=x`));
const leads = (node: NodeProcess): Promise<NodeStatus> =>
  until(`${node.id} leads`, async () => {
    const status = await node.status();
    return status.role === 'leader' ? status : null;
  });

describe('a snapshot', () => {
  it('is taken on request, and stands in the status', async () => {
    await using cluster = await Cluster.prepare(1);
    const [node] = cluster.nodes as [NodeProcess];
    await node.start();
    const take = () => node.fetch('/snapshot', { method: 'POST' });
    await failure(take(), 503, 'not-bootstrapped');
    await failure(node.fetch('/snapshot'), 503, 'not-bootstrapped');
    await success(node.fetch('/bootstrap', { method: 'POST' }));
    const written = await write(node, 'a');
    const taken = await success<SnapshotTaken>(take());
    expect(taken).toMatchObject({ index: written.index, term: written.term });
    expect(taken.bytes).toBeGreaterThan(0);
    expect((await node.status()).snapshotIndex).toBe(written.index);
  });

  it('in a file begins a new cluster with everything that the old one held', async () => {
    await using cluster = await Cluster.prepare(2);
    const [old, next] = cluster.nodes as [NodeProcess, NodeProcess];
    await old.start({ RAFT_BOOTSTRAP: 'true' });
    const { clusterId } = await leads(old);
    await write(old, 'kept');
    const answer = await old.fetch('/snapshot');
    expect(answer.headers.get('content-disposition')).toContain('n1.snapshot');
    const file = `${old.volumeDir}.snapshot`;
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));

    const { code, output } = await offline(next, 'restore', file);
    expect([code, output]).toEqual([0, expect.stringContaining('n2 is the first member')]);
    await next.start();
    expect((await leads(next)).clusterId).not.toBe(clusterId);
    expect(await (await next.fetch('/get?key=kept')).text()).toBe('x');

    await next.end('SIGTERM');
    const again = await offline(next, 'restore', file);
    expect(again.code).toBe(1);
    expect(again.output).toContain('holds state of its own');
  });

  it('of which the end is missing, or that is none, begins nothing', async () => {
    await using cluster = await Cluster.prepare(2);
    const [old, next] = cluster.nodes as [NodeProcess, NodeProcess];
    await old.start({ RAFT_BOOTSTRAP: 'true' });
    await leads(old);
    const whole = new Uint8Array(await (await old.fetch('/snapshot')).arrayBuffer());
    const file = `${old.volumeDir}.snapshot`;
    for (const bytes of [whole.subarray(0, -1), new TextEncoder().encode('no snapshot at all')]) {
      await writeFile(file, bytes);
      const { code, output } = await offline(next, 'restore', file);
      expect([code, output]).toEqual([1, expect.stringContaining('an exported snapshot')]);
    }
    expect((await offline(next, 'restore', `${file}.nowhere`)).output).toContain('ENOENT');
    await next.start();
    expect((await next.status()).clusterId).toBeNull();
  });
});

describe('a lost majority', () => {
  it('is told with what is left of it, and made a cluster of its own when asked with a reason', async () => {
    await using cluster = await Cluster.start(3);
    const [n1] = cluster.nodes as [NodeProcess];
    await write(n1, 'kept');
    const { clusterId, lastIndex } = await n1.status();
    await Promise.all(cluster.nodes.map((node) => node.end('SIGKILL')));

    const plan = await offline(n1, 'recover');
    expect(plan.code).toBe(0);
    expect(plan.output).toContain(`voter of the cluster ${clusterId!}`);
    expect(plan.output).toContain(`ends at index ${lastIndex}`);
    expect(plan.output).toContain(`n3 (voter, 127.0.0.1:${cluster.nodes[2]!.raftPort})`);

    const done = await offline(n1, 'recover', '--reason', 'two machines burnt');
    expect(done).toMatchObject({ code: 0 });
    await n1.start();
    const status = await leads(n1);
    expect(done.output).toContain(status.clusterId);
    expect(status.clusterId).not.toBe(clusterId);
    expect(status.members.map(({ id }) => id)).toEqual(['n1']);
    expect(await (await n1.fetch('/get?key=kept')).text()).toBe('x');
  });

  it('is not looked for in a volume that a running node holds', async () => {
    await using cluster = await Cluster.start(1);
    const [node] = cluster.nodes as [NodeProcess];
    const { code, output } = await offline(node, 'recover', '--reason', 'none');
    expect(code).toBe(1);
    expect(output).toContain('RAFT_VOLUME_DIR');
    await write(node, 'a');
  });
});
