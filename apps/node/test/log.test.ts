import { ElectionStarted, LogPage, type Written } from '@quorate/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

let cluster: Cluster;
let leader: NodeProcess;

beforeAll(async () => {
  cluster = await Cluster.start(3);
  leader = await cluster.settled();
});

afterAll(() => cluster[Symbol.asyncDispose]());

async function logOf(node: NodeProcess, query = ''): Promise<LogPage> {
  return LogPage.parse(await success(node.fetch(`/log${query}`)));
}

describe('the log of a node', () => {
  it('shows its entries: what they do to which key, and who is a member', async () => {
    const { index, term } = await success<Written>(leader.fetch('/set?key=color&value=blue'));
    const { firstIndex, lastIndex, commitIndex, entries } = await logOf(leader);
    expect({ firstIndex, lastIndex, commitIndex }).toEqual({
      firstIndex: 1,
      lastIndex: index,
      commitIndex: index,
    });
    expect(entries.map((entry) => entry.index)).toEqual(entries.map((_, at) => at + 1));
    expect(entries[0]).toMatchObject({ type: 'configuration', text: 'voter n1' });
    expect(entries[1]).toMatchObject({ type: 'no-op', command: null });
    const command = { operation: 'set', key: 'color', preview: 'blue' };
    expect(entries.at(-1)).toMatchObject({ index, term, type: 'command', command });
  });

  it('shows what a write under an idempotency key does', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const { index } = await success<Written>(
      leader.fetch('/kv/once', { method: 'PUT', body: '1', headers }),
    );
    const { entries } = await logOf(leader, `?from=${index}&limit=1`);
    expect(entries).toMatchObject([{ type: 'session', command: { key: 'once' } }]);
  });

  it('is read page by page, and the latest without a place', async () => {
    const { entries } = await logOf(leader, '?from=2&limit=2');
    expect(entries.map(({ index }) => index)).toEqual([2, 3]);
    const latest = await logOf(leader, '?limit=1');
    expect(latest.entries.map(({ index }) => index)).toEqual([latest.lastIndex]);
    expect((await logOf(leader, '?from=1000000')).entries).toEqual([]);
  });

  it('refuses a page that is none', async () => {
    for (const query of ['?limit=501', '?limit=0', '?from=-1', '?from=a']) {
      await failure(leader.fetch(`/log${query}`), 400, 'bad-request');
    }
  });
});

describe('an election on request', () => {
  it('makes another node leader though one lives', async () => {
    const challenger = cluster.nodes.find((node) => node !== leader)!;
    const { term } = await leader.status();
    const answer = await challenger.fetch('/election', { method: 'POST' });
    expect(answer.status).toBe(202);
    expect(ElectionStarted.parse(await answer.json())).toEqual({ term: term + 1 });
    await until('it leads', async () => {
      return (await challenger.status()).role === 'leader' || null;
    });
    await until(
      'the log says why',
      () => challenger.output.includes('asked for an election') || null,
    );
    leader = await cluster.settled();
  });

  it('is refused by a node that is no voter', async () => {
    const learner = cluster.nodes.find((node) => node !== leader)!;
    await success(leader.fetch(`/members/${learner.id}/demote`, { method: 'POST' }));
    await until('it knows', async () => {
      const { members } = await learner.status();
      return members.some(({ id, role }) => id === learner.id && role === 'learner') || null;
    });
    await failure(learner.fetch('/election', { method: 'POST' }), 409, 'not-a-voter');
  });
});
