import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { NodeProcess } from './node-process.js';
import { until } from './until.js';

/** Real node processes on free ports and volumes of their own, all gone at the end. */
export class Cluster implements AsyncDisposable {
  private constructor(
    private readonly dir: string,
    readonly nodes: readonly NodeProcess[],
  ) {}

  /** Nodes n1, n2, …, none of them started. */
  static async prepare(size: number, env: NodeJS.ProcessEnv = {}): Promise<Cluster> {
    const dir = await mkdtemp(join(tmpdir(), 'quorate-node-'));
    const port = await freePorts(2 * size);
    const nodes = Array.from({ length: size }, (_, i) => {
      const id = `n${i + 1}`;
      return new NodeProcess(id, port + i, port + size + i, join(dir, id), env);
    });
    return new Cluster(dir, nodes);
  }

  /** One cluster of voters, with a leader that every node knows. */
  static async start(size: number, env: NodeJS.ProcessEnv = {}): Promise<Cluster> {
    const cluster = await Cluster.prepare(size, env);
    try {
      await Promise.all(cluster.nodes.map((node) => node.start()));
      await cluster.form();
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The first node founds the cluster and joins the others. */
  async form(): Promise<void> {
    const [first, ...others] = this.nodes;
    await first!.fetch('/bootstrap', { method: 'POST' });
    for (const { id, raftPort } of others) {
      await until(`${id} joins`, async () => {
        const answer = await first!.fetch(`/join?nodeId=${id}&raftPort=${raftPort}`);
        return answer.ok || null;
      });
    }
    await this.settled();
  }

  /** Every node is a voter, and all agree on the leader. */
  async settled(nodes: readonly NodeProcess[] = this.nodes): Promise<NodeProcess> {
    return until('all agree on a leader', async () => {
      const all = await Promise.all(nodes.map((node) => node.status()));
      const leader = all.find((status) => status.role === 'leader');
      const agreed = all.every(
        ({ id, leader: theirs, members }) =>
          theirs?.id === leader?.id &&
          members.some((member) => member.id === id && member.role === 'voter'),
      );
      return agreed ? (nodes.find((node) => node.id === leader?.id) ?? null) : null;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const node of this.nodes) node.signal('SIGKILL');
    await Promise.allSettled(this.nodes.map((node) => node.exit));
    await rm(this.dir, { recursive: true, force: true });
  }
}
