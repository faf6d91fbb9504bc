import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { Child, until } from './child.js';
import { type KeyedRequest, type KvCluster, send, value } from './cluster.js';
import { type Process, Processes } from './processes.js';

interface Member extends Process {
  readonly name: string;
  readonly peerUrl: string;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const encodedValue = base64(value);

/** The version of the etcd on this machine; null where there is none. */
export function etcdVersion(): string | null {
  try {
    const printed = execFileSync('etcd', ['--version'], { encoding: 'utf8' });
    return /etcd Version: (\S+)/.exec(printed)?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Members of etcd with its own defaults, spoken to through its HTTP gateway. */
export class EtcdCluster extends Processes<Member> implements KvCluster {
  readonly name = 'etcd';
  readonly write: KeyedRequest = {
    method: 'POST',
    path: () => '/v3/kv/put',
    body: (key) => `{"key":"${base64(key)}","value":"${encodedValue}"}`,
    contentType: 'application/json',
  };
  readonly read: KeyedRequest = {
    method: 'POST',
    path: () => '/v3/kv/range',
    body: (key) => `{"key":"${base64(key)}"}`,
    contentType: 'application/json',
  };

  static async start(parent: string, nodes = 3): Promise<EtcdCluster> {
    const dir = await mkdtemp(join(parent, 'etcd-'));
    const first = await freePorts(2 * nodes);
    const places = Array.from({ length: nodes }, (_, at) => ({
      name: `e${at + 1}`,
      url: `http://127.0.0.1:${first + 2 * at}`,
      peerUrl: `http://127.0.0.1:${first + 2 * at + 1}`,
    }));
    const all = places.map(({ name, peerUrl }) => `${name}=${peerUrl}`).join(',');
    const members = places.map((place) => ({ ...place, child: launch(dir, place, all) }));
    const cluster = new EtcdCluster(dir, members);
    await cluster.leaderUrl();
    const warm = AbortSignal.timeout(10_000);
    await send(await cluster.leaderUrl(), cluster.write, 'warm', warm);
    return cluster;
  }

  async heal(): Promise<void> {
    const all = this.members.map(({ name, peerUrl }) => `${name}=${peerUrl}`).join(',');
    for (const member of this.members) {
      if (!member.child.isRunning) member.child = launch(this.dir, member, all);
    }
    await until('etcd to have the same log everywhere', async () => {
      const answers = await Promise.all(this.members.map(({ url }) => statusOf(url)));
      const [first] = answers;
      const same = answers.every(
        ({ leader, raftIndex }) =>
          leader !== undefined &&
          leader !== '0' &&
          leader === first?.leader &&
          raftIndex === first.raftIndex,
      );
      return same ? true : null;
    });
  }

  protected leader(): Promise<Member> {
    return until('an etcd leader', async () => {
      for (const member of this.living) {
        const status: EtcdStatus = await statusOf(member.url).catch(() => ({}));
        const { header, leader } = status;
        if (leader !== undefined && leader !== '0' && leader === header?.member_id) return member;
      }
      return null;
    });
  }
}

interface EtcdStatus {
  readonly header?: { readonly member_id?: string };
  readonly leader?: string;
  readonly raftIndex?: string;
}

async function statusOf(url: string): Promise<EtcdStatus> {
  const response = await fetch(`${url}/v3/maintenance/status`, {
    method: 'POST',
    body: '{}',
    signal: AbortSignal.timeout(1000),
  });
  return (await response.json()) as EtcdStatus;
}

function launch(dir: string, { name, url, peerUrl }: Omit<Member, 'child'>, all: string): Child {
  const args = [
    ['--name', name],
    ['--data-dir', join(dir, name)],
    ['--listen-client-urls', url],
    ['--advertise-client-urls', url],
    ['--listen-peer-urls', peerUrl],
    ['--initial-advertise-peer-urls', peerUrl],
    ['--initial-cluster', all],
    ['--log-level', 'error'],
  ].flat();
  return Child.start(name, 'etcd', args, {});
}
