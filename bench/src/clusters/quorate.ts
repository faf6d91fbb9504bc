import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeStatus } from '@quorate/contract';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { Child, until } from './child.js';
import { type KeyedRequest, type KvCluster, value } from './cluster.js';
import { type Process, Processes } from './processes.js';

const { resolve } = createRequire(import.meta.url);
const main = join(dirname(resolve('@quorate/node/package.json')), 'dist', 'main.js');

interface Member extends Process {
  readonly id: string;
  readonly httpPort: number;
  readonly raftPort: number;
}

/** Nodes of ours, started as a user starts them, with their own defaults. */
export class QuorateCluster extends Processes<Member> implements KvCluster {
  readonly name = 'quorate';
  readonly write: KeyedRequest = {
    method: 'PUT',
    path: (key) => `/kv/${key}`,
    body: () => value,
    contentType: null,
  };
  readonly read: KeyedRequest = {
    method: 'GET',
    path: (key) => `/kv/${key}`,
    body: () => null,
    contentType: null,
  };

  private constructor(
    dir: string,
    private readonly nodeOptions: readonly string[],
  ) {
    super(dir, []);
  }

  /**
   * @param parent a directory on the disk that is measured
   * @param nodeOptions of Node.js, for each process
   */
  static async start(
    parent: string,
    nodes = 3,
    nodeOptions: readonly string[] = [],
  ): Promise<QuorateCluster> {
    const dir = await mkdtemp(join(parent, 'quorate-'));
    const cluster = new QuorateCluster(dir, nodeOptions);
    for (let at = 1; at <= nodes; at++) await cluster.add(`n${at}`, at === 1);
    return cluster;
  }

  get pids(): readonly number[] {
    return this.living.map(({ child }) => child.pid);
  }

  /** Starts one more node and resolves when it is a voter. */
  async add(id: string, first = false): Promise<string> {
    const httpPort = await freePorts(2);
    const raftPort = httpPort + 1;
    const place = { id, httpPort, raftPort, url: `http://127.0.0.1:${httpPort}` };
    const member = { ...place, child: this.launch(place, first) };
    this.members.push(member);
    await until(`${id} to answer`, () => this.statusOf(member));
    if (!first) {
      const leader = await this.leaderUrl();
      await fetch(`${leader}/join?nodeId=${id}&raftPort=${raftPort}`, { method: 'POST' });
    }
    await until(
      `${id} to vote`,
      async () => {
        const status = await this.statusOf(member);
        const self = status.members.find((one) => one.id === id);
        return self?.role === 'voter' && status.leader ? true : null;
      },
      300_000,
    );
    return member.url;
  }

  async leaderPid(): Promise<number> {
    return (await this.leader()).child.pid;
  }

  async heal(): Promise<void> {
    for (const member of this.members) {
      if (member.child.isRunning) continue;
      member.child = this.launch(member, false);
    }
    await until('all to have the same log', async () => {
      const all = await Promise.all(this.members.map((member) => this.statusOf(member)));
      const [first] = all;
      const same = all.every(
        (status) =>
          status.leader?.id === first?.leader?.id &&
          status.leader !== null &&
          status.commitIndex === first?.commitIndex,
      );
      return same ? true : null;
    });
  }

  /** Whoever leads the highest term by its own word. */
  protected leader(): Promise<Member> {
    return until('a leader', async () => {
      const { living } = this;
      const asked = await Promise.allSettled(living.map((member) => this.statusOf(member)));
      const all = asked.map((one) => (one.status === 'fulfilled' ? one.value : null));
      const term = Math.max(...all.map((status) => status?.term ?? 0));
      const at = all.findIndex((status) => status?.role === 'leader' && status.term === term);
      return living[at] ?? null;
    });
  }

  private async statusOf({ url }: Member): Promise<NodeStatus> {
    const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(1000) });
    return NodeStatus.parse(await response.json());
  }

  private launch({ id, httpPort, raftPort }: Omit<Member, 'child'>, first: boolean): Child {
    return Child.start(id, process.execPath, [...this.nodeOptions, main], {
      NODE_ENV: 'production',
      RAFT_NODE_ID: id,
      HTTP_SERVER_PORT: String(httpPort),
      RAFT_SERVER_PORT: String(raftPort),
      RAFT_VOLUME_DIR: join(this.dir, id),
      RAFT_BOOTSTRAP: String(first),
      LOG_LEVEL: 'warn',
    });
  }
}
