import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryLog } from '../storage/memory-log.js';
import { hasApplied, leads, TestCluster, until, untilEvent, word } from './test/cluster.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

describe('a blank node', () => {
  it('belongs to no cluster, and says what to do', async () => {
    const { node } = await cluster.open('n1');
    expect(node.status).toMatchObject({ clusterId: null, leader: null, lastIndex: 0 });
    const refused = { code: 'not-bootstrapped', outcome: 'not-applied', retryable: false };
    await expect(node.propose(word('a'))).rejects.toMatchObject(refused);
    await expect(node.read(() => 1)).rejects.toMatchObject(refused);
    await expect(node.read(() => 1, { consistency: 'local' })).rejects.toMatchObject(refused);
    await expect(node.read(() => 1, { consistency: 'bounded' })).rejects.toMatchObject(refused);
    await expect(node.membership.remove('n2')).rejects.toThrow('bootstrap it');
  });

  it('leads a cluster of its own once it is bootstrapped, which it can be once', async () => {
    const { node, words } = await cluster.open('n1');
    await node.bootstrap();
    expect(node.status).toMatchObject({ role: 'leader', leader: { id: 'n1', address: 'n1:1' } });
    expect(await node.propose(word('a'))).toMatchObject({ result: 1, term: node.status.term });
    expect(await node.read(() => words.list)).toEqual(['a']);
    const refused = { code: 'already-bootstrapped', outcome: 'not-applied' };
    await expect(node.bootstrap()).rejects.toMatchObject(refused);
  });

  it('can be bootstrapped after a crash between the founding and its first entry', async () => {
    const log = memoryLog();
    const { identity } = await log.open('n1');
    await log.adopt(identity.incarnation);
    await log.close();
    const { node } = await cluster.open('n1', { log });
    await node.bootstrap();
    expect(node.status.clusterId).toBe(identity.incarnation);
  });
});

describe('a cluster of three', () => {
  it('takes writes and fresh reads at every node', async () => {
    const nodes = await cluster.form(3);
    for (const { id, node } of nodes) await node.propose(word(id));
    for (const { node, words } of nodes) {
      expect(await node.read(() => [...words.list])).toEqual(['n1', 'n2', 'n3']);
    }
    const clusters = new Set(nodes.map(({ node }) => node.status.clusterId));
    expect(clusters.size).toBe(1);
  });

  it.each(['linearizable', 'lease', 'bounded', 'local'] as const)(
    'shows a caller its own write at every node in a %s read from its index on',
    async (consistency) => {
      const nodes = await cluster.form(3);
      const { index } = await nodes[0].node.propose(word('mine'));
      for (const { node, words } of nodes) {
        const seen = node.read(() => [...words.list], { consistency, minIndex: index });
        expect(await seen).toEqual(['mine']);
      }
    },
  );

  it('waits at any node for what was committed before, or for an index', async () => {
    const [first, , third] = await cluster.form(3);
    const { index } = await first.node.propose(word('before'));
    expect(await third!.node.barrier()).toBeGreaterThanOrEqual(index);
    const later = third!.node.waitForApplied(index + 1);
    await first.node.propose(word('after'));
    await later;
    expect(third!.words.list).toEqual(['before', 'after']);
    await expect(third!.node.waitForApplied(index + 100, { timeoutMs: 100 })).rejects.toMatchObject(
      { code: 'deadline', outcome: 'not-applied' },
    );
  });

  it('reads a little behind at a node that is cut off, until that is too old', async () => {
    const [first, , third] = await cluster.form(3);
    const { index } = await first.node.propose(word('old'));
    const bounded = { consistency: 'bounded', minIndex: index, timeoutMs: 2000 } as const;
    await third!.node.read(() => undefined, bounded);
    cluster.isolate(third!);
    await until(third!, ({ leader }) => leader === null);
    const behind = { ...bounded, maxStaleMs: 60_000 };
    expect(await third!.node.read(() => [...third!.words.list], behind)).toEqual(['old']);
    await expect(
      third!.node.read(() => 0, { ...bounded, maxStaleMs: 50, timeoutMs: 100 }),
    ).rejects.toMatchObject({ code: 'stale', outcome: 'not-applied', retryable: true });
  });

  it('tells a caller that will not be forwarded who leads, and writes nothing', async () => {
    const [first, second] = await cluster.form(3);
    const { lastIndex } = first.node.status;
    await expect(second!.node.propose(word('a'), { forward: false })).rejects.toMatchObject({
      code: 'not-leader',
      outcome: 'not-applied',
      leader: { id: 'n1', address: 'n1:1' },
      message: expect.stringContaining('not a leader') as string,
    });
    expect(first.node.status.lastIndex).toBe(lastIndex);
  });

  it('goes on without its leader, and keeps every acknowledged write', async () => {
    const [first, second, third] = await cluster.form(3);
    const acknowledged: string[] = [];
    const pump = { on: true };
    const writer = (async () => {
      for (let i = 0; pump.on; i++) {
        try {
          await second!.node.propose(word(`${i}`), { timeoutMs: 1000 });
          acknowledged.push(`${i}`);
        } catch (error) {
          expect(error).toMatchObject({ outcome: 'unknown' });
        }
      }
    })();
    await until(second!, ({ appliedIndex }) => appliedIndex > 100);
    const before = acknowledged.length;
    cluster.isolate(first);
    const leader = await cluster.leaderOf(second!, third!);
    const { appliedIndex } = leader.node.status;
    await until(leader, hasApplied(appliedIndex + 50));
    pump.on = false;
    await writer;
    expect(acknowledged.length).toBeGreaterThan(before);
    const words = await third!.node.read(() => third!.words.list);
    expect(words).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(words).size).toBe(words.length);
  });

  it('lets a write wait for a leader, and says no-leader when none comes', async () => {
    const [first, second, third] = await cluster.form(3);
    cluster.isolate(first);
    cluster.isolate(second!);
    await until(third!, ({ leader }) => leader === null);
    const failed = { code: 'no-leader', outcome: 'not-applied', retryable: true };
    await expect(third!.node.propose(word('a'), { timeoutMs: 100 })).rejects.toMatchObject(failed);
    const waiting = third!.node.propose(word('b'), { timeoutMs: 10_000 });
    cluster.network.heal();
    expect(await waiting).toMatchObject({ result: 1 });
  });

  it('says of a write that a cut-off leader took: unknown at the deadline, not applied once replaced', async () => {
    const [first, second, third] = await cluster.form(3);
    cluster.isolate(first);
    const early = first.node.propose(word('early'), { timeoutMs: 100 });
    const late = first.node.propose(word('late'), { timeoutMs: 10_000 });
    const aborted = new AbortController();
    const gone = first.node.propose(word('gone'), { signal: aborted.signal });
    const settled = Promise.allSettled([early, late, gone]);
    await until(first, ({ lastIndex, commitIndex }) => lastIndex === commitIndex + 3);
    aborted.abort();
    await expect(early).rejects.toMatchObject({ code: 'deadline', outcome: 'unknown' });
    await expect(gone).rejects.toMatchObject({ code: 'aborted', outcome: 'unknown' });
    const leader = await cluster.leaderOf(second!, third!);
    await leader.node.propose(word('instead'));
    await leader.node.propose(word('and more'));
    await leader.node.propose(word('and more'));
    cluster.network.heal();
    await expect(late).rejects.toMatchObject({ code: 'leadership-lost', outcome: 'not-applied' });
    await settled;
  });

  it('never starts a write whose signal was aborted before', async () => {
    const { node } = await cluster.open('n1');
    await node.bootstrap();
    const { lastIndex } = node.status;
    const signal = AbortSignal.abort(new Error('not now'));
    await expect(node.propose(word('a'), { signal })).rejects.toMatchObject({
      code: 'aborted',
      outcome: 'not-applied',
      cause: new Error('not now'),
    });
    await node.read(() => undefined);
    expect(node.status.lastIndex).toBe(lastIndex);
  });

  it('comes back with its data after all nodes were closed', async () => {
    const nodes = await cluster.form(3);
    await nodes[0].node.propose(word('kept'));
    await Promise.all(nodes.map(({ node }) => node.close()));
    const reopened = await Promise.all(nodes.map(({ id, log }) => cluster.open(id, { log })));
    for (const { node, words } of reopened) {
      expect(await node.read(() => words.list)).toEqual(['kept']);
    }
  });

  it('hands leadership to the voter that is asked for', async () => {
    const [first, second, third] = await cluster.form(3);
    await first.node.transferLeadership('n3');
    expect(third!.node.status.role).toBe('leader');
    await expect(second!.node.transferLeadership('n2')).rejects.toMatchObject({
      code: 'not-leader',
    });
    const unfit = { code: 'transfer-failed', outcome: 'not-applied' };
    await expect(third!.node.transferLeadership('nobody')).rejects.toMatchObject(unfit);
  });
});

describe('closing', () => {
  it('hands leadership over first, and takes nothing new meanwhile', async () => {
    const [first, second, third] = await cluster.form(3);
    const closing = first.node.close();
    await expect(first.node.read(() => 1)).rejects.toMatchObject({ code: 'stopped' });
    await closing;
    expect(await untilEvent(first, 'transfer-ended')).toMatchObject({ succeeded: true });
    const leader = await cluster.leaderOf(second!, third!);
    expect(await leader.node.propose(word('a'))).toMatchObject({ result: 1 });
  });

  it('settles every open call and iteration, refuses later calls, and may be asked twice', async () => {
    const [first, second] = await cluster.form(2);
    cluster.isolate(second!);
    const call = first.node.propose(word('a'));
    const settled = Promise.allSettled([call]);
    await until(first, ({ lastIndex, commitIndex }) => lastIndex > commitIndex);
    await Promise.all([first.node.close(), first.node.close()]);
    await first.node.closed;
    await expect(call).rejects.toMatchObject({ code: 'stopped', outcome: 'unknown' });
    const refused = { code: 'stopped', outcome: 'not-applied' };
    await expect(first.node.propose(word('b'))).rejects.toMatchObject(refused);
    await expect(first.node.read(() => 1)).rejects.toMatchObject(refused);
    await expect(first.node.bootstrap()).rejects.toMatchObject(refused);
    const types: string[] = [];
    for await (const { type } of first.node.events({ since: 1 })) types.push(type);
    expect(types[0]).toBe('started');
    expect(types).toContain('stopping');
    for await (const status of first.node.watch()) expect(status.id).toBe('n1');
    await settled;
  });

  it('lets go of its volume and its address', async () => {
    const { node, log } = await cluster.open('n1');
    await node.close();
    const again = await cluster.open('n1', { log });
    expect(again.node.status.incarnation).toBe(node.status.incarnation);
  });

  it('leaves nothing open when it could not open', async () => {
    const log = memoryLog();
    await cluster.open('n1');
    await expect(cluster.open('n1', { log })).rejects.toThrow('n1:1');
    await log.open('n1');
  });
});

describe('a state machine that throws', () => {
  it('stops its node, which names the cause to every caller and to its owner', async () => {
    const { node, ...rest } = await cluster.open('n1', {
      stateMachine: {
        apply: () => {
          throw new Error('division by zero');
        },
      },
    });
    await node.bootstrap();
    const cause = 'the state machine at entry 3 threw: division by zero';
    const closed = expect(node.closed).rejects.toThrow(cause);
    await expect(node.propose(word('a'))).rejects.toMatchObject({
      code: 'stopped',
      outcome: 'unknown',
      cause: { message: expect.stringContaining(cause) as string },
    });
    await closed;
    await node.close();
    expect(await untilEvent({ node, ...rest }, 'failed')).toBeDefined();
    await expect(node.propose(word('b'))).rejects.toMatchObject({ code: 'stopped' });
  });
});

describe('watching', () => {
  it('tells the status now and when it changes', async () => {
    const watched = await cluster.open('n1');
    const statuses = watched.node.watch();
    expect((await statuses.next()).value).toMatchObject({ role: 'follower', clusterId: null });
    await watched.node.bootstrap();
    const status = await until(watched, leads);
    expect(status).toMatchObject({ id: 'n1', connections: [], commitIndex: 2, appliedIndex: 2 });
  });

  it('tells the story of an election in order', async () => {
    const { node } = await cluster.open('n1');
    await node.bootstrap();
    await node.close();
    const story: string[] = [];
    let last = 0;
    for await (const event of node.events({ since: 1 })) {
      if (event.type === 'dropped') throw new Error('nothing should be missing');
      expect(event.seq).toBe(++last);
      story.push(event.type);
    }
    expect(story).toEqual([
      'started',
      'configuration-changed',
      'role-changed',
      'election-started',
      'vote-received',
      'election-won',
      'role-changed',
      'leader-changed',
      'configuration-changed',
      'stopping',
    ]);
  });
});
