import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import { logWrite } from '../../testing/writes.js';
import { FileLog } from '../file-log.js';
import { FaultyFiles } from '../files/faulty-files.js';
import type { Fault, FileOperation } from '../files/faulty-files.js';
import { lockVolume } from '../volume/lock.js';
import { FileSnapshots } from './file-snapshots.js';

const mebibyte = 1024 * 1024;
const volume = { nodeId: 'n1', incarnation: 'i1', clusterId: 'c1' };

let operations: FileOperation[];
let fault: (operation: FileOperation) => Fault | null;
let files: FaultyFiles;
let store: FileSnapshots;

/** How much of what is not synced, or fails in the middle, is done all the same. */
const nothing = 0;
const all = 0.99;
let luck: number;

const options = {
  random: () => luck,
  fault: (operation: FileOperation) => {
    operations.push(operation);
    return fault(operation);
  },
};

beforeEach(async () => {
  operations = [];
  fault = () => null;
  luck = nothing;
  files = new FaultyFiles(options);
  store = await opened();
});

async function opened(): Promise<FileSnapshots> {
  const store = new FileSnapshots({ dir: '/s', files, retain: 2 });
  await store.open(volume);
  operations = [];
  return store;
}

function metaAt(index: number): SnapshotMeta {
  return { index, term: 1, configuration: { index: 1, members: [], outgoing: null } };
}

/** Another node's snapshot, and all of its bytes. */
async function sent(index: number, chunks: readonly Buffer[]) {
  const leader = new FileSnapshots({
    dir: '/s',
    files: new FaultyFiles({ random: () => 0 }),
    retain: 2,
  });
  await leader.open({ ...volume, nodeId: 'n2' });
  const snapshot = await leader.save(metaAt(index), chunks);
  return { snapshot, whole: await leader.read(snapshot, 0, snapshot.bytes) };
}

async function load(snapshot: SnapshotInfo): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.load(snapshot)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function names(): Promise<string[]> {
  return (await files.list('/s')).filter((name) => name !== 'identity.json').sort();
}

describe('saving a snapshot', () => {
  test('asks for a chunk when the one before it is written', async () => {
    const writtenAt: number[] = [];
    const chunks = function* () {
      for (let n = 0; n < 4; n += 1) {
        writtenAt.push(operations.filter(({ kind }) => kind === 'write').length);
        yield Buffer.alloc(1000);
      }
    };
    await store.save(metaAt(1), chunks());
    expect(writtenAt).toEqual([0, 1, 2, 3]);
  });

  test('writes a large chunk in slices, with a sync after a few MiB', async () => {
    await store.save(metaAt(1), [Buffer.alloc(9 * mebibyte)]);
    const kinds = operations.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'write').length).toBeGreaterThanOrEqual(36);
    expect(kinds.filter((kind) => kind === 'datasync')).toHaveLength(3);
    expect(kinds.indexOf('datasync')).toBeLessThan(kinds.length / 2);
  });

  test('refuses a chunk over the limit, and leaves nothing', async () => {
    const refused = store.save(metaAt(1), [Buffer.alloc(1), Buffer.alloc(64 * mebibyte + 1)]);
    await expect(refused).rejects.toThrow('over the limit of 67108864');
    expect(await names()).toEqual([]);
  });

  test('on a full disk gives back what it took, and the log goes on', async () => {
    const log = new FileLog({
      dir: '/v',
      files,
      segmentBytes: 4096,
      newIncarnation: () => 'i1',
      lock: lockVolume,
    });
    await log.open('n1');
    let taken = 0;
    fault = ({ path, grows }) => {
      if (!path.startsWith('/s') || !grows) return null;
      taken += 1;
      return taken > 3 ? 'ENOSPC' : null;
    };
    const saving = store.save(metaAt(5), [Buffer.alloc(mebibyte)]);
    await expect(saving).rejects.toMatchObject({ code: 'full' });
    await expect(saving).rejects.toThrow('cannot write /s/own.tmp');
    await log.write([logWrite({ hardState: { term: 2, votedFor: 'n1' } })]);
    fault = () => null;
    expect(await names()).toEqual([]);
    await store.save(metaAt(5), [Buffer.alloc(mebibyte)]);
  });

  test('that cannot be named leaves nothing, and is not the latest', async () => {
    const before = await store.save(metaAt(1), [Buffer.alloc(10)]);
    luck = all;
    fault = ({ kind }) => (kind === 'syncDirectory' ? 'EIO' : null);
    await expect(store.save(metaAt(2), [Buffer.alloc(10)])).rejects.toMatchObject({
      code: 'failed',
    });
    fault = () => null;
    expect(await names()).toEqual([`${before.id}.snapshot`]);
  });

  test('ends with the next chunk when the store is closed', async () => {
    let pulled = 0;
    const chunks = function* () {
      for (;;) {
        pulled += 1;
        if (pulled === 3) void store.close();
        yield Buffer.alloc(100);
      }
    };
    await expect(store.save(metaAt(1), chunks())).rejects.toThrow('is not open');
    expect(pulled).toBe(3);
    expect(await names()).toEqual([]);
  });
});

describe('receiving a snapshot', () => {
  test('on a full disk gives back what it took', async () => {
    const { snapshot, whole } = await sent(9, [Buffer.alloc(5000, 1)]);
    await store.receive(snapshot, 0, whole.subarray(0, 1000));
    fault = ({ grows }) => (grows ? 'ENOSPC' : null);
    const refused = store.receive(snapshot, 1000, whole.subarray(1000));
    await expect(refused).rejects.toMatchObject({ code: 'full' });
    fault = () => null;
    expect(await names()).toEqual([]);
    expect(await store.receive(snapshot, 0, whole)).toBe(whole.length);
  });

  test('after a sync that failed, and a kill: what is taken up again outlives a loss of power', async () => {
    const { snapshot, whole } = await sent(9, [Buffer.alloc(5000, 1), Buffer.alloc(500, 2)]);
    await store.receive(snapshot, 0, whole.subarray(0, 5200));
    fault = ({ kind }) => (kind === 'datasync' || kind === 'remove' ? 'EIO' : null);
    const refused = store.receive(snapshot, 5200, whole.subarray(5200));
    await expect(refused).rejects.toMatchObject({ code: 'failed' });
    fault = () => null;
    luck = nothing;
    files = files.restart('kill', options);
    store = await opened();
    expect(await store.receive(snapshot, 0, whole)).toBe(snapshot.bytes);
    files = files.restart('power-loss', options);
    store = await opened();
    const sound = Buffer.concat([Buffer.alloc(5000, 1), Buffer.alloc(500, 2)]);
    expect((await load(snapshot)).equals(sound)).toBe(true);
  });

  test('checks the whole in slices', async () => {
    const { snapshot, whole } = await sent(9, [Buffer.alloc(4 * mebibyte, 1)]);
    await store.receive(snapshot, 0, whole);
    const reads = operations.filter(
      ({ kind, path }) => kind === 'read' && path.endsWith('partial'),
    );
    expect(reads.length).toBeGreaterThanOrEqual(16);
  });

  test('forgets one that was on its way when this node got further by itself', async () => {
    const { snapshot, whole } = await sent(9, [Buffer.alloc(5000, 1)]);
    await store.receive(snapshot, 0, whole.subarray(0, 1000));
    const own = await store.save(metaAt(20), [Buffer.alloc(10)]);
    await store.close();
    store = await opened();
    expect(await names()).toEqual([`${own.id}.snapshot`]);
  });
});

describe('a damaged snapshot', () => {
  async function refusal(): Promise<string> {
    const again = new FileSnapshots({ dir: '/s', files, retain: 2 });
    const error: unknown = await again.open(volume).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'StorageError', code: 'corrupt' });
    return (error as Error).message;
  }

  test('is refused when any byte of it has changed, naming file and byte, with an older one there', async () => {
    await store.save(metaAt(1), [Buffer.alloc(100)]);
    const { id, bytes } = await store.save(metaAt(2), [Buffer.alloc(0), Buffer.alloc(900, 3)]);
    await store.close();
    const path = `/s/${id}.snapshot`;
    const before = await names();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes - 1), fc.nat(254), async (offset, bit) => {
        files.node(path).damage(offset, bit + 1);
        expect(await refusal()).toMatch(new RegExp(`^${path} is damaged at byte \\d+: `));
        files.node(path).damage(offset, bit + 1);
        expect(await names()).toEqual(before);
      }),
      { numRuns: 300 },
    );
    expect(await new FileSnapshots({ dir: '/s', files, retain: 2 }).open(volume)).toMatchObject({
      id,
    });
  });

  test('is refused when it was cut short, or has grown', async () => {
    const { id, bytes } = await store.save(metaAt(2), [Buffer.alloc(900, 3)]);
    await store.close();
    const node = files.node(`/s/${id}.snapshot`);
    const whole = node.content;
    for (let size = 0; size < bytes; size += 53) {
      node.truncate(size);
      expect(await refusal()).toContain('it is cut short');
      node.write(whole, 0);
    }
    node.write(Buffer.alloc(1), bytes);
    expect(await refusal()).toContain(`at byte ${bytes}: something follows its end`);
  });

  test('is refused under the name of another', async () => {
    const first = await store.save(metaAt(1), [Buffer.alloc(100)]);
    const second = await store.save(metaAt(2), [Buffer.alloc(100)]);
    await store.close();
    await files.rename(`/s/${first.id}.snapshot`, `/s/${second.id}.snapshot`);
    expect(await refusal()).toContain(`it is snapshot ${first.id} under another's name`);
  });

  test('is found when it is loaded', async () => {
    const snapshot = await store.save(metaAt(2), [Buffer.alloc(100, 1), Buffer.alloc(100, 2)]);
    files.node(`/s/${snapshot.id}.snapshot`).damage(snapshot.bytes - 60, 1);
    const loading = load(snapshot);
    await expect(loading).rejects.toMatchObject({ code: 'corrupt' });
    await expect(loading).rejects.toThrow(`/s/${snapshot.id}.snapshot is damaged at byte`);
  });

  test('cannot be told whose it is when that file is gone', async () => {
    await store.save(metaAt(1), [Buffer.alloc(100)]);
    await store.close();
    await files.remove('/s/identity.json');
    expect(await refusal()).toContain('/s/identity.json is missing: /s holds snapshots');
  });
});
