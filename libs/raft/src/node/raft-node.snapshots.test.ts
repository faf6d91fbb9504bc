import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryLog } from '../storage/memory-log.js';
import type { LogStore } from '../storage/log-store.js';
import { RaftNode } from './raft-node.js';
import {
  hasApplied,
  isVoter,
  leads,
  TestCluster,
  until,
  untilEvent,
  word,
} from './test/cluster.js';
import { KeptWords, TestSnapshots } from './test/snapshots.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

const limits = { snapshotEntries: 10, trailingEntries: 0 };

/** A node that keeps snapshots: new, or restarted on the volume of an earlier one. */
async function open(
  id: string,
  { log = memoryLog(), snapshots = new TestSnapshots() } = {},
  options: { readonly limits?: Partial<typeof limits> } = { limits },
) {
  const stateMachine = new KeptWords();
  const opened = await cluster.open(id, { log, snapshots, stateMachine, ...options });
  return { ...opened, words: stateMachine, snapshots };
}

async function founded() {
  const first = await open('n1');
  await first.node.bootstrap();
  return first;
}

async function write(node: RaftNode<number>, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await node.propose(word(`w${i}`));
}

describe('a node with a snapshot store', () => {
  it('takes snapshots by itself, and its log stays short', async () => {
    const first = await founded();
    await write(first.node, 100);
    const status = await until(first, ({ snapshotIndex }) => snapshotIndex >= 90);
    expect(status.lastIndex - status.firstIndex).toBeLessThan(30);
  });

  it('comes back with the state of its latest snapshot and what followed', async () => {
    const log = memoryLog();
    const snapshots = new TestSnapshots();
    const first = await open('n1', { log, snapshots });
    await first.node.bootstrap();
    await write(first.node, 34);
    const before = [...first.words.list];
    await first.node.close();
    expect(snapshots.latest!.index).toBeGreaterThan(20);
    const again = await open('n1', { log, snapshots });
    expect(again.words.list.length).toBeGreaterThan(15);
    expect(await again.node.read(() => again.words.list)).toEqual(before);
  });

  it('knows what is committed right after its start, before anybody leads', async () => {
    const log = memoryLog();
    const first = await open('n1', { log }, { limits: { snapshotEntries: 1000 } });
    await first.node.bootstrap();
    const second = await open('n2');
    await cluster.join(second, first);
    await write(first.node, 5);
    await Promise.all([first.node.close(), second.node.close()]);
    const again = await open('n1', { log });
    expect(again.words.list.length).toBeGreaterThanOrEqual(4);
    expect(again.node.status).toMatchObject({ leader: null });
  });

  it('brings a new member up to date by a snapshot, while it goes on', async () => {
    const first = await founded();
    await write(first.node, 50);
    const second = await open('n2');
    await cluster.join(second, first);
    await until(second, isVoter);
    const { index } = await second.node.propose(word('after'));
    await until(second, hasApplied(index));
    expect(second.words.list).toEqual(first.words.list);
    await untilEvent(first, 'snapshot-sent');
    expect(await untilEvent(second, 'snapshot-restored')).toMatchObject({ index: 50 });
  });

  it('takes one when it is asked to', async () => {
    const { node, snapshots } = await founded();
    const { index } = await node.propose(word('a'));
    const taken = await node.snapshot();
    expect(taken).toMatchObject({ index, configuration: { index: 1 } });
    expect(node.status.snapshotIndex).toBe(index);
    expect(await node.snapshot()).toBe(taken);
    expect(snapshots.latest!).toBe(taken);
  });

  it('tells of a snapshot that failed, and goes on', async () => {
    const first = await founded();
    first.snapshots.saving = new Error('no space left');
    await first.node.propose(word('a'));
    await expect(first.node.snapshot()).rejects.toThrow('no space left');
    expect(await untilEvent(first, 'snapshot-failed')).toMatchObject({
      attempt: 'take',
      error: 'no space left',
    });
    expect(await first.node.propose(word('b'))).toMatchObject({ result: 2 });
    first.snapshots.saving = null;
    expect(await first.node.snapshot()).toMatchObject({ index: first.node.status.appliedIndex });
  });

  it('has nothing to take a snapshot of while it is blank', async () => {
    const { node } = await open('n1');
    await expect(node.snapshot()).rejects.toMatchObject({ code: 'not-bootstrapped' });
  });

  it('ends a snapshot that is under way when it closes', async () => {
    const first = await founded();
    await write(first.node, 5);
    const taken = first.node.snapshot().catch((error: unknown) => error);
    await first.node.close();
    expect(await taken).toMatchObject({ code: 'stopped' });
    await expect(first.node.snapshot()).rejects.toMatchObject({ code: 'stopped' });
  });

  it('settles a write whose entry a snapshot has replaced: it may have happened (openraft#1761)', async () => {
    const first = await founded();
    const second = await cluster.join(await open('n2'), first);
    const third = await cluster.join(await open('n3'), first);
    cluster.isolate(first);
    // The old leader holds the write, and cannot commit it.
    const lost = first.node.propose(word('lost'), { timeoutMs: 8000 });
    const settled = expect(lost).rejects.toMatchObject({
      code: 'leadership-lost',
      outcome: 'unknown',
    });
    const leader = await cluster.leaderOf(second, third);
    await write(leader.node, 40);
    cluster.network.heal();
    await settled;
    await until(first, hasApplied(leader.node.status.appliedIndex));
    expect(first.words.list).toEqual(leader.words.list);
  });

  it('stops when its state machine does not take the snapshot of a leader', async () => {
    const first = await founded();
    await write(first.node, 50);
    const stateMachine = new KeptWords();
    stateMachine.restore = () => {
      throw new Error('unknown format');
    };
    const snapshots = new TestSnapshots();
    const broken = await cluster.open('n2', { stateMachine, snapshots, limits });
    const closed = expect(broken.node.closed).rejects.toThrow('unknown format');
    await first.node.membership.add({ id: 'n2', address: 'n2:1' });
    await closed;
  });
});

describe('a volume whose log and snapshots do not fit', () => {
  it('begins its log anew behind the snapshot when the log is older', async () => {
    const snapshots = new TestSnapshots();
    const newIncarnation = () => 'volume-1';
    const first = await open('n1', { log: memoryLog({ newIncarnation }), snapshots });
    await first.node.bootstrap();
    await write(first.node, 30);
    await first.node.close();
    const log = memoryLog({ newIncarnation });
    const again = await open('n1', { log, snapshots });
    expect(again.words.list.length).toBeGreaterThan(15);
    const { index } = snapshots.latest!;
    await again.node.close();
    expect(await log.open('n1')).toMatchObject({ base: { index } });
  });

  it('is refused when entries between the two are missing', async () => {
    const log = memoryLog();
    const first = await open('n1', { log });
    await first.node.bootstrap();
    await write(first.node, 30);
    await first.node.close();
    const empty = { log, snapshots: new TestSnapshots() };
    await expect(open('n1', empty)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('there is no snapshot') as string,
    });
    await expect(log.open('n1')).resolves.toMatchObject({});
  });
});

describe('an exported snapshot', () => {
  async function exportedFrom(node: RaftNode<number>): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of node.exportSnapshot()) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) {
      yield await Promise.resolve(bytes.subarray(at, at + size));
    }
  }

  function restored(
    bytes: Uint8Array,
    { log = memoryLog(), snapshots = new TestSnapshots() } = {},
  ) {
    const source = inPieces(bytes, 7);
    return RaftNode.restore({ id: 'm1', address: 'm1:1', log, snapshots, source });
  }

  async function blankAfterwards(log: LogStore): Promise<void> {
    expect(await log.open('m1')).toMatchObject({ entries: [], base: { index: 0 } });
    await log.close();
  }

  it('makes a new cluster with the old state, and a single voter that takes writes', async () => {
    const first = await founded();
    const second = await cluster.join(await open('n2'), first);
    await write(second.node, 25);
    const bytes = await exportedFrom(first.node);
    const state = first.snapshots.latest!.index;

    const volume = { log: memoryLog(), snapshots: new TestSnapshots() };
    await restored(bytes, volume);
    const alone = await open('m1', volume);
    await until(alone, leads);
    expect(alone.node.status.configuration.members).toMatchObject([{ id: 'm1', role: 'voter' }]);
    expect(alone.node.status.clusterId).not.toBe(first.node.status.clusterId);
    expect(alone.node.status.commitIndex).toBeGreaterThan(state);
    expect(alone.words.list).toEqual(first.words.list.slice(0, alone.words.list.length));
    const { result } = await alone.node.propose(word('new'));
    expect(result).toBe(alone.words.list.length);
    const joined = await cluster.join(await open('m2'), alone);
    await until(joined, hasApplied(alone.node.status.appliedIndex));
    expect((joined as typeof alone).words.list).toEqual(alone.words.list);
  });

  it('is taken when there is none yet', async () => {
    const first = await founded();
    await first.node.propose(word('only'));
    const volume = { log: memoryLog(), snapshots: new TestSnapshots() };
    await restored(await exportedFrom(first.node), volume);
    const { words } = await open('m1', volume);
    expect(words.list).toEqual(['only']);
  });

  it('goes into an empty volume only', async () => {
    const log = memoryLog();
    const first = await open('m1', { log });
    await first.node.bootstrap();
    await first.node.propose(word('kept'));
    const bytes = await exportedFrom(first.node);
    await first.node.close();
    await expect(restored(bytes, { log, snapshots: first.snapshots })).rejects.toMatchObject({
      code: 'already-bootstrapped',
    });
  });

  it.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['ends too early', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['ends too early', (bytes) => bytes.subarray(0, 10)],
    ['begins otherwise', (bytes) => Buffer.concat([Buffer.of(0), bytes])],
    ['does not describe itself', (bytes) => bytes.fill(0xff, 23, 40)],
  ])('that %s founds nothing', async (why, spoil) => {
    const first = await founded();
    await first.node.propose(word('a'));
    const bytes = spoil(await exportedFrom(first.node));
    const log = memoryLog();
    await expect(restored(bytes, { log })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(why) as string,
    });
    await blankAfterwards(log);
  });
});

describe('without a snapshot store', () => {
  it('a node keeps its log whole, and says so to who asks for a snapshot', async () => {
    const { node } = await cluster.open('n1');
    await node.bootstrap();
    await expect(node.snapshot()).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(node.exportSnapshot().next()).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('a state machine that could be restored is a mistake, and so is the reverse', async () => {
    const stateMachine = new KeptWords();
    await expect(cluster.open('n1', { stateMachine })).rejects.toThrow('snapshots must be');
    await expect(cluster.open('n1', { snapshots: new TestSnapshots() })).rejects.toThrow(
      'snapshots must be',
    );
  });
});
