import type { NodeStatus, Written } from '@quorate/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

let cluster: Cluster;
let leader: NodeProcess;
let followers: NodeProcess[];

async function takeStock(): Promise<void> {
  leader = await cluster.settled();
  followers = cluster.nodes.filter((node) => node !== leader);
}

beforeAll(async () => {
  cluster = await Cluster.start(3);
  await takeStock();
});

afterAll(() => cluster[Symbol.asyncDispose]());

const post = (node: NodeProcess, path: string) => node.fetch(path, { method: 'POST' });
const roleOf = async (node: NodeProcess, id: string) =>
  (await node.status()).members.find((member) => member.id === id)?.role;

describe('GET /metrics', () => {
  async function figures(node: NodeProcess): Promise<Map<string, number>> {
    const answer = await node.fetch('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await answer.text()).trimEnd().split('\n');
    return new Map(
      lines
        .filter((line) => !line.startsWith('#'))
        .map((line) => {
          const [, name = '', value] = /^(\S+) (\S+)$/.exec(line) ?? [];
          expect(Number(value), line).not.toBeNaN();
          return [name, Number(value)];
        }),
    );
  }

  it('counts what the node does, for Prometheus', async () => {
    const before = await figures(leader);
    await success(leader.fetch('/set?key=a&value=x'));
    await (await leader.fetch('/get?key=a')).text();
    const after = await figures(leader);
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(grown('quorate_proposals_total')).toBe(1);
    expect(grown('quorate_proposal_duration_seconds_count')).toBe(1);
    expect(grown('quorate_proposal_duration_seconds_bucket{le="+Inf"}')).toBe(1);
    expect(grown('quorate_reads_total{consistency="linearizable"}')).toBe(1);
    expect(grown('quorate_log_write_duration_seconds_count')).toBeGreaterThan(0);
    expect(grown('quorate_messages_sent_total{type="append-request"}')).toBeGreaterThan(0);
    expect(grown('quorate_peer_sent_bytes_total')).toBeGreaterThan(0);
    expect(after.get('quorate_role{role="leader"}')).toBe(1);
    expect(after.get('quorate_keys')).toBe(1);
    expect(after.get('quorate_storage_fault{fault="full"}')).toBe(0);
  });
});

describe('leadership', () => {
  it('goes to the voter that is named, in the query or in the body', async () => {
    const [first] = followers;
    const status = await success<NodeStatus>(post(leader, `/leadership/transfer?to=${first!.id}`));
    expect(status).toMatchObject({ role: 'follower', leader: { id: first!.id } });
    await takeStock();
    expect(leader).toBe(first);
    const next = followers[0]!;
    const body = new URLSearchParams({ to: next.id });
    await success(leader.fetch('/leadership/transfer', { method: 'POST', body }));
    await takeStock();
    expect(leader).toBe(next);
  });

  it('is handed over by the leader alone, and only to a voter', async () => {
    await failure(post(followers[0]!, '/leadership/transfer'), 421, 'not-leader');
    await failure(post(leader, '/leadership/transfer?to=nobody'), 409, 'transfer-failed');
  });
});

describe('a member', () => {
  it('can be demoted and promoted, at any node', async () => {
    const [first, second] = followers;
    const { index } = await success<Written>(post(first!, `/members/${second!.id}/demote`));
    expect(index).toBeGreaterThan(0);
    expect(await roleOf(leader, second!.id)).toBe('learner');
    await success(post(leader, `/members/${second!.id}/promote`));
    expect(await roleOf(leader, second!.id)).toBe('voter');
  });

  it('is not known under a name that nobody has, or that none could have', async () => {
    await failure(post(leader, '/members/n9/promote'), 404, 'unknown-member');
    await failure(leader.fetch('/members/n9', { method: 'DELETE' }), 404, 'unknown-member');
    await failure(post(leader, '/members/n%209/demote'), 400, 'invalid-argument');
  });

  it('is gone once it is removed', async () => {
    const gone = followers[1]!;
    const path = `/members/${gone.id}`;
    await failure(
      followers[0]!.fetch(`${path}?forward=false`, { method: 'DELETE' }),
      421,
      'not-leader',
    );
    await success(followers[0]!.fetch(path, { method: 'DELETE' }));
    await until('all others know', async () => {
      const statuses = await Promise.all([leader, followers[0]!].map((node) => node.status()));
      return statuses.every(({ members }) => members.length === 2) || null;
    });
    await until('the removed one knows too', async () => (await gone.status()).removed || null);
    await failure(gone.fetch('/kv/a', { method: 'PUT', body: 'x' }), 503, 'removed');
  });
});
