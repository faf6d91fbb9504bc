import { describe, expect, it } from 'vitest';
import {
  hasApplied,
  TestCluster,
  type TestNode,
  until,
  untilEvent,
  word,
} from '../test/cluster.js';

/** Waits until all of these nodes have applied as much as the first. */
async function settled(first: TestNode, ...others: readonly TestNode[]): Promise<void> {
  for (const each of others) await until(each, hasApplied(first.node.status.appliedIndex));
}

describe('a session', () => {
  it('gets every command applied once on every node although leaders fall while they are sent', async () => {
    await using cluster = new TestCluster();
    const [n1, n2, n3] = await cluster.form(3);
    if (n2 === undefined || n3 === undefined) throw new Error('too few nodes');
    const session = await n2.node.openSession();
    const texts = Array.from({ length: 60 }, (_, i) => `word ${i}`);
    const calls = texts.map(async (text, i) => {
      if (i === 30) cluster.isolate(n1);
      return session.propose(word(text), { timeoutMs: 10_000 });
    });
    const proposed = await Promise.all(calls);
    await settled(n2, n3);
    expect(n2.words.list.toSorted()).toEqual(texts.toSorted());
    expect(n3.words.list).toEqual(n2.words.list);
    for (const [i, { result }] of proposed.entries()) {
      expect(n2.words.list[result - 1]).toBe(texts[i]);
    }
  });

  it('is taken up at another node: the last command comes back with its first result', async () => {
    await using cluster = new TestCluster();
    const [n1, n2] = await cluster.form(2);
    const session = await n1.node.openSession({ ttlMs: 5000 });
    const { id } = session;
    const first = await session.propose(word('a'));
    const other = n2?.node.session({ id, nextSequence: 1, ttlMs: 5000 });
    expect(await other?.propose(word('a'))).toEqual(first);
    expect((await other?.propose(word('b')))?.result).toBe(2);
    expect(n2?.node.status.sessions).toMatchObject({ count: 1, keys: 0 });
    const ahead = session.propose(word('c'));
    await expect(ahead).rejects.toMatchObject({ code: 'session-sequence', outcome: 'not-applied' });
  });

  it('is gone once it is closed, and events tell so', async () => {
    await using cluster = new TestCluster();
    const [n1] = await cluster.form(1);
    const session = await n1.node.openSession();
    await session.close();
    const late = session.propose(word('late'));
    await expect(late).rejects.toMatchObject({ code: 'session-expired', outcome: 'not-applied' });
    expect(await untilEvent(n1, 'session-opened')).toMatchObject({ session: session.id, open: 1 });
    expect(await untilEvent(n1, 'session-closed')).toMatchObject({ session: session.id, open: 0 });
    expect(n1.words.list).toEqual([]);
  });

  it('expires on every node when its client has gone', async () => {
    await using cluster = new TestCluster();
    const [n1, n2] = await cluster.form(2);
    if (n2 === undefined) throw new Error('too few nodes');
    const session = await n2.node.openSession({ ttlMs: 1000 });
    session.stop();
    for (const node of [n1, n2]) {
      expect(await untilEvent(node, 'sessions-expired')).toMatchObject({ expired: 1, open: 0 });
    }
  });

  it('refuses its calls once its node is closed', async () => {
    await using cluster = new TestCluster();
    const [n1] = await cluster.form(1);
    const session = await n1.node.openSession({ ttlMs: 1000 });
    await n1.node.close();
    await expect(session.propose(word('x'))).rejects.toMatchObject({ code: 'stopped' });
    await expect(n1.node.openSession()).rejects.toMatchObject({ code: 'stopped' });
  });

  it.each([
    ['ttlMs', 999],
    ['ttlMs', 1000.5],
    ['ttlMs', 2 ** 50],
  ])('is not opened with %s %d', async (_name, ttlMs) => {
    await using cluster = new TestCluster();
    const { node } = await cluster.open('n1');
    await expect(node.openSession({ ttlMs })).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(() => node.session({ id: 1, nextSequence: 0 })).toThrow('nextSequence');
    expect(() => node.session({ id: 0.5, nextSequence: 1 })).toThrow('id');
  });
});

describe('beside a member of an older version', () => {
  it('sessions and keys are refused, and plain commands are not', async () => {
    await using cluster = new TestCluster();
    const [n1] = await cluster.form(1);
    const { node } = n1;
    const session = await node.openSession();
    const transport = cluster.network.transport('n2:1', { protocol: { newest: 1 } });
    await cluster.open('n2', { transport });
    await node.membership.add({ id: 'n2', address: 'n2:1' });
    await until(n1, ({ connections }) => connections.some(({ protocol }) => protocol === 1));
    const refused = { code: 'older-member', outcome: 'not-applied', retryable: true };
    await expect(session.propose(word('a'))).rejects.toMatchObject(refused);
    await expect(node.openSession()).rejects.toMatchObject(refused);
    await expect(node.propose(word('b'), { key: 'k' })).rejects.toMatchObject(refused);
    await expect(node.propose(word('c'))).resolves.toMatchObject({ result: 1 });
  });
});

describe('an idempotency key', () => {
  it('makes a command that is proposed at several nodes happen once', async () => {
    await using cluster = new TestCluster();
    const nodes = await cluster.form(3);
    const calls = [...nodes, ...nodes].map(({ node }) => node.propose(word('once'), { key: 'k' }));
    const [first, ...others] = await Promise.all(calls);
    for (const other of others) expect(other).toEqual(first);
    expect(nodes[0].words.list).toEqual(['once']);
    expect(nodes[0].node.status.sessions).toMatchObject({ count: 0, keys: 1 });
  });

  it('is for one command: with another it is refused', async () => {
    await using cluster = new TestCluster();
    const [{ node, words }] = await cluster.form(1);
    await node.propose(word('a'), { key: 'k' });
    const reused = node.propose(word('b'), { key: 'k' });
    await expect(reused).rejects.toMatchObject({ code: 'key-reused', outcome: 'not-applied' });
    expect(words.list).toEqual(['a']);
  });

  it.each(['', 'k'.repeat(256), 'é'.repeat(128), '\ud800'])('%j is none', async (key) => {
    await using cluster = new TestCluster();
    const { node } = await cluster.open('n1');
    const call = node.propose(word('a'), { key });
    await expect(call).rejects.toMatchObject({ code: 'invalid-argument', outcome: 'not-applied' });
  });
});
