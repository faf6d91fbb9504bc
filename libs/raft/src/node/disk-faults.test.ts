import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileLog } from '../storage/file-log.js';
import { FaultyFiles } from '../storage/files/faulty-files.js';
import { lockVolume } from '../storage/volume/lock.js';
import type { LogStore } from '../storage/log-store.js';
import { memoryLog } from '../storage/memory-log.js';
import { hasApplied, leads, TestCluster, until, untilEvent, word } from './test/cluster.js';

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster[Symbol.asyncDispose]());

/** A log whose writes fail while `broken`, and do not end until `stalled` is settled. */
function fragileLog(store: LogStore = memoryLog()) {
  const disk = { broken: false, stalled: Promise.resolve() };
  const log: LogStore = {
    open: (id) => store.open(id),
    adopt: (clusterId) => store.adopt(clusterId),
    write: async (batch) => {
      await disk.stalled;
      if (disk.broken) throw new Error('no space left');
      await store.write(batch);
    },
    compact: (upTo) => store.compact(upTo),
    close: () => store.close(),
  };
  return { log, disk };
}

/** The real log on a disk in memory, which is full while `full`. */
function logOnFullDisk() {
  const disk = { full: false };
  const files = new FaultyFiles({
    random: () => 0,
    fault: ({ grows }) => (disk.full && grows ? 'ENOSPC' : null),
  });
  const newIncarnation = () => 'volume-1';
  return {
    disk,
    log: new FileLog({ dir: '/v', files, segmentBytes: 4096, newIncarnation, lock: lockVolume }),
  };
}

describe('a disk that fails', () => {
  it('costs a leader its leadership, and nobody a write', async () => {
    const { log, disk } = fragileLog();
    const first = await cluster.open('n1', { log });
    await first.node.bootstrap();
    const second = await cluster.join(await cluster.open('n2'), first);
    const third = await cluster.join(await cluster.open('n3'), first);
    disk.broken = true;
    await second.node.propose(word('a')).catch((error: unknown) => {
      expect(error).toMatchObject({ outcome: 'unknown' });
    });
    const leader = await cluster.leaderOf(second, third);
    const { index } = await leader.node.propose(word('b'));
    expect(await untilEvent(first, 'write-failed')).toMatchObject({ error: 'no space left' });
    disk.broken = false;
    await until(first, hasApplied(index));
    expect(first.words.list).toEqual(leader.words.list);
  });

  it('lets a bootstrap end in time, which says that the cluster may be founded', async () => {
    const { log, disk } = fragileLog();
    const blank = await cluster.open('n1', { log });
    disk.broken = true;
    await expect(blank.node.bootstrap({ timeoutMs: 100 })).rejects.toMatchObject({
      code: 'deadline',
      outcome: 'unknown',
    });
    disk.broken = false;
    await until(blank, leads);
  });

  it('is named when there is nobody else to lead, and is forgotten when it has healed', async () => {
    const { log, disk } = fragileLog();
    const { node } = await cluster.open('n1', { log });
    await node.bootstrap();
    disk.broken = true;
    const unknown = { code: 'deadline', outcome: 'unknown' };
    await expect(node.propose(word('a'), { timeoutMs: 100 })).rejects.toMatchObject(unknown);
    const refused = { code: 'storage-fault', outcome: 'not-applied', retryable: true };
    await expect(node.propose(word('b'), { timeoutMs: 100 })).rejects.toMatchObject(refused);
    disk.broken = false;
    expect(await node.propose(word('c'))).toMatchObject({ result: 2 });
  });

  it('is called full when it is, and needs no restart once there is space', async () => {
    const { log, disk } = logOnFullDisk();
    const full = await cluster.open('n1', { log });
    const { node } = full;
    await node.bootstrap();
    disk.full = true;
    // More than what is left of the segment that was preallocated.
    const large = word('x'.repeat(8000));
    await node.propose(large, { timeoutMs: 100 }).catch((error: unknown) => {
      expect(error).toMatchObject({ outcome: 'unknown' });
    });
    await until(full, ({ storageFault }) => storageFault === 'full');
    await expect(node.propose(word('b'), { forward: false })).rejects.toMatchObject({
      code: 'storage-fault',
      outcome: 'not-applied',
      message: expect.stringContaining('is full') as string,
    });
    disk.full = false;
    expect(await node.propose(word('c'))).toMatchObject({ result: 2 });
    expect(node.status.storageFault).toBeNull();
  });
});

describe('a disk that stalls', () => {
  const timing = { heartbeatMs: 25, electionMs: [150, 300], stallMs: 200 } as const;

  it('costs a leader its leadership within its time, and it comes back by itself', async () => {
    const { log, disk } = fragileLog();
    const first = await cluster.open('n1', { log, timing });
    await first.node.bootstrap();
    const second = await cluster.join(await cluster.open('n2'), first);
    const third = await cluster.join(await cluster.open('n3'), first);
    let recover: () => void = () => undefined;
    disk.stalled = new Promise((resolve) => (recover = resolve));
    // Committed by the two others, while the leader's own disk says nothing.
    await first.node.propose(word('a'));
    await until(first, ({ storageFault }) => storageFault === 'stalled');
    expect(await untilEvent(first, 'stepped-down')).toMatchObject({ reason: 'storage-fault' });
    expect(await untilEvent(first, 'disk-stalled')).toMatchObject({ type: 'disk-stalled' });
    const leader = await cluster.leaderOf(second, third);
    await expect(first.node.propose(word('no'), { forward: false })).rejects.toMatchObject({
      code: 'storage-fault',
      message: expect.stringContaining('does not answer') as string,
    });
    const { index } = await leader.node.propose(word('b'));
    recover();
    await until(first, hasApplied(index));
    expect(first.words.list).toEqual(['a', 'b']);
    expect(await untilEvent(first, 'disk-recovered')).toMatchObject({ type: 'disk-recovered' });
    expect(first.node.status.storageFault).toBeNull();
  });

  it('of a follower costs nobody anything: it follows, acknowledges nothing, and catches up', async () => {
    const [first, second] = await cluster.form(2);
    const { log, disk } = fragileLog();
    const third = await cluster.join(await cluster.open('n3', { log, timing }), first);
    let recover: () => void = () => undefined;
    disk.stalled = new Promise((resolve) => (recover = resolve));
    const { term } = await first.node.propose(word('a'));
    await until(third, ({ storageFault }) => storageFault === 'stalled');
    const { index } = await second!.node.propose(word('b'));
    expect(first.node.status).toMatchObject({ role: 'leader', term });
    expect(third.node.status.leader?.id).toBe('n1');
    const held = first.node.status.peers.find(({ id }) => id === 'n3');
    expect(held?.match).toBeLessThan(index);
    recover();
    await until(third, hasApplied(index));
    expect(third.words.list).toEqual(['a', 'b']);
  });
});
