import assert from 'node:assert/strict';
import type { SnapshotInfo, SnapshotMeta } from '../core/snapshot.js';
import type { StorageErrorCode } from '../errors.js';
import type { VolumeIdentity } from '../storage/log-store.js';
import type { SnapshotStore } from '../storage/snapshot-store.js';
import type { SuiteCase } from './suite.js';

/**
 * An empty place each time it is called: a store on that place, as often as it is asked for one. One
 * at a time is open. The stores keep at most the two latest snapshots that nobody uses.
 */
export type BlankSnapshots = () => Promise<() => SnapshotStore>;

const volume: VolumeIdentity = { nodeId: 'n1', incarnation: 'i1', clusterId: 'c1' };
const other: VolumeIdentity = { nodeId: 'n2', incarnation: 'i2', clusterId: 'c1' };
const pieceBytes = 1000;

/** What a node relies on in a snapshot store, besides what only a crash or a damaged disk can show. */
export const snapshotStoreSuite: readonly SuiteCase<BlankSnapshots>[] = [
  {
    name: 'is empty at first',
    run: async (blank) => {
      const store = (await blank())();
      assert.equal(await store.open(volume), null);
      await store.close();
    },
  },
  {
    name: 'gives back what was saved, chunk by chunk, also when it is opened again',
    run: async (blank) => {
      const place = await blank();
      const chunks = [bytes(0), bytes(1), bytes(70_000), bytes(0), bytes(3 * 1024 * 1024)];
      const { store, snapshot } = await withSaved(place, 7, chunks);
      assert.deepEqual(metaOf(snapshot), metaAt(7));
      assert.ok(snapshot.bytes > 3 * 1024 * 1024);
      await checkLoads(store, snapshot, chunks);
      await store.close();
      const again = place();
      assert.deepEqual(await again.open(volume), snapshot);
      await checkLoads(again, snapshot, chunks);
      await again.close();
    },
  },
  {
    name: 'knows the latest, and keeps no more than it is to keep',
    run: async (blank) => {
      const place = await blank();
      const { store, snapshot: first } = await withSaved(place, 1);
      await store.save(metaAt(2), [bytes(10)]);
      const latest = await store.save(metaAt(3), [bytes(20)]);
      await rejects(store.read(first, 0, 10), 'failed');
      await rejects(loaded(store, first), 'failed');
      await store.close();
      assert.deepEqual(await store.open(volume), latest);
      await store.close();
    },
  },
  {
    name: 'keeps a snapshot that is being loaded, or sent piece by piece',
    run: async (blank) => {
      const { store, snapshot } = await withSaved(await blank(), 1, [bytes(10), bytes(11)]);
      const loading = store.load(snapshot)[Symbol.asyncIterator]();
      assert.deepEqual(plain((await loading.next()).value as Uint8Array), plain(bytes(10)));
      for (const index of [2, 3, 4]) await store.save(metaAt(index), [bytes(index)]);
      await checkLoads(store, snapshot, [bytes(10), bytes(11)]);
      assert.deepEqual(plain((await loading.next()).value as Uint8Array), plain(bytes(11)));
      assert.equal((await loading.next()).done, true);
      const sent = await store.save(metaAt(5), [bytes(5000)]);
      for (let offset = 0; offset < sent.bytes; offset += pieceBytes) {
        assert.ok((await store.read(sent, offset, pieceBytes)).length > 0);
        await store.save(metaAt(100 + offset), [bytes(1)]);
      }
      await store.close();
    },
  },
  {
    name: 'gives raw bytes from any place, and none behind the end',
    run: async (blank) => {
      const { store, snapshot } = await withSaved(await blank(), 1, [bytes(5000)]);
      const whole = await store.read(snapshot, 0, snapshot.bytes + 100);
      assert.equal(whole.length, snapshot.bytes);
      for (const offset of [0, 1, 999, snapshot.bytes - 1, snapshot.bytes]) {
        const piece = await store.read(snapshot, offset, 700);
        assert.deepEqual(plain(piece), plain(whole.subarray(offset, offset + 700)));
      }
      await store.close();
    },
  },
  {
    name: 'takes a snapshot of another node, which then is the latest',
    run: async (blank) => {
      const chunks = [bytes(0), bytes(2500), bytes(100)];
      const { snapshot, piece } = await sent(blank, 9, chunks);
      const { store } = await withSaved(await blank(), 5);
      for (let offset = 0; offset < snapshot.bytes; offset += pieceBytes) {
        const kept = await store.receive(snapshot, offset, piece(offset));
        assert.equal(kept, Math.min(offset + pieceBytes, snapshot.bytes));
      }
      await checkLoads(store, snapshot, chunks);
      assert.equal(await store.receive(snapshot, 0, piece(0)), snapshot.bytes);
      await store.close();
      assert.deepEqual(await store.open(volume), snapshot);
      await store.close();
    },
  },
  {
    name: 'takes a transfer up again after a restart, from where it tells',
    run: async (blank) => {
      const chunks = Array.from({ length: 20 }, (_, n) => bytes(400 + n));
      const { snapshot, piece } = await sent(blank, 9, chunks);
      const store = (await blank())();
      await store.open(volume);
      for (let n = 0; n < 5; n += 1) {
        await store.receive(snapshot, n * pieceBytes, piece(n * pieceBytes));
      }
      await store.close();
      assert.equal(await store.open(volume), null);
      let kept = await store.receive(snapshot, 5 * pieceBytes, piece(5 * pieceBytes));
      assert.ok(kept > 0, 'nothing was kept');
      while (kept < snapshot.bytes) {
        kept = await store.receive(snapshot, kept, piece(kept));
      }
      await checkLoads(store, snapshot, chunks);
      await store.close();
    },
  },
  {
    name: 'takes no piece that does not follow, and says where it goes on',
    run: async (blank) => {
      const { snapshot, piece } = await sent(blank, 9, [bytes(5000)]);
      const store = (await blank())();
      await store.open(volume);
      assert.equal(await store.receive(snapshot, pieceBytes, piece(pieceBytes)), 0);
      assert.equal(await store.receive(snapshot, 0, piece(0)), pieceBytes);
      assert.equal(await store.receive(snapshot, 0, piece(0)), pieceBytes);
      assert.equal(
        await store.receive(snapshot, 2 * pieceBytes, piece(2 * pieceBytes)),
        pieceBytes,
      );
      assert.equal(await store.receive(snapshot, pieceBytes, piece(pieceBytes)), 2 * pieceBytes);
      await store.close();
    },
  },
  {
    name: 'begins anew with a piece of another snapshot',
    run: async (blank) => {
      const old = await sent(blank, 9, [bytes(5000)]);
      const { snapshot, piece } = await sent(blank, 12, [bytes(5001)]);
      const store = (await blank())();
      await store.open(volume);
      await store.receive(old.snapshot, 0, old.piece(0));
      assert.equal(await store.receive(snapshot, pieceBytes, piece(pieceBytes)), 0);
      await receiveAll(store, snapshot, piece);
      await checkLoads(store, snapshot, [bytes(5001)]);
      await store.close();
    },
  },
  {
    name: 'refuses a whole that is not what its id says, and keeps nothing of it',
    run: async (blank) => {
      const { snapshot, piece } = await sent(blank, 9, [bytes(5000)]);
      const wrong = (offset: number) => piece(offset).map((byte) => byte ^ (offset >> 11));
      const { store, snapshot: own } = await withSaved(await blank(), 5);
      await rejects(receiveAll(store, snapshot, wrong), 'corrupt');
      await rejects(store.receive({ ...snapshot, id: '../../x' }, 0, piece(0)), 'corrupt');
      const { id } = (await sent(blank, 9, [bytes(4999)])).snapshot;
      await rejects(receiveAll(store, { ...snapshot, id }, piece), 'corrupt');
      await store.close();
      assert.deepEqual(await store.open(volume), own);
      await receiveAll(store, snapshot, piece);
      await checkLoads(store, snapshot, [bytes(5000)]);
      await store.close();
    },
  },
  {
    name: 'leaves nothing of a snapshot whose chunks cannot be had, and lets go of them',
    run: async (blank) => {
      const { store, snapshot } = await withSaved(await blank(), 5);
      let ended = false;
      const broken = (function* () {
        try {
          yield bytes(1000);
          throw new Error('no more');
        } finally {
          ended = true;
        }
      })();
      await assert.rejects(store.save(metaAt(8), broken), { message: 'no more' });
      assert.ok(ended);
      await store.close();
      assert.deepEqual(await store.open(volume), snapshot);
      await store.save(metaAt(8), [bytes(1)]);
      await store.close();
    },
  },
  {
    name: 'is of one volume, and refuses another',
    run: async (blank) => {
      const place = await blank();
      await (await withSaved(place, 5)).store.close();
      await rejects(place().open(other), 'foreign');
      await rejects(place().open({ ...volume, incarnation: 'i9' }), 'foreign');
      const store = place();
      assert.equal((await store.open({ ...volume, clusterId: 'c2' }))?.index, 5);
      await store.close();
    },
  },
  {
    name: 'does nothing before it is opened or after it is closed',
    run: async (blank) => {
      const { store, snapshot } = await withSaved(await blank(), 5);
      await store.close();
      await store.close();
      await rejects(store.save(metaAt(6), []), 'failed', /is not open/);
      await rejects(store.read(snapshot, 0, 1), 'failed', /is not open/);
      await rejects(store.receive(snapshot, 0, bytes(1)), 'failed', /is not open/);
      await rejects(loaded(store, snapshot), 'failed', /is not open/);
    },
  },
];

/** Different at each length and place. */
function bytes(length: number): Buffer {
  return Buffer.alloc(length).map((_, at) => (at * 7 + length) % 251) as Buffer;
}

function metaAt(index: number): SnapshotMeta {
  const member = { id: 'n1', address: 'a:1', incarnation: 'i1', role: 'voter' as const };
  const members = [{ ...member, promote: false, attributes: { http: 'ä' } }];
  return { index, term: 3, configuration: { index: 1, members, outgoing: null } };
}

function metaOf({ index, term, configuration }: SnapshotMeta): SnapshotMeta {
  return { index, term, configuration };
}

async function withSaved(place: () => SnapshotStore, index: number, chunks = [bytes(100)]) {
  const store = place();
  await store.open(volume);
  return { store, snapshot: await store.save(metaAt(index), chunks) };
}

type PieceAt = (offset: number) => Uint8Array;

/** A snapshot of another node, as it is sent. */
async function sent(blank: BlankSnapshots, index: number, chunks: readonly Buffer[]) {
  const store = (await blank())();
  await store.open(other);
  const snapshot = await store.save(metaAt(index), chunks);
  const whole = await store.read(snapshot, 0, snapshot.bytes);
  await store.close();
  const piece: PieceAt = (offset) => whole.subarray(offset, offset + pieceBytes);
  return { snapshot, piece };
}

async function receiveAll(store: SnapshotStore, snapshot: SnapshotInfo, piece: PieceAt) {
  for (let offset = 0; offset < snapshot.bytes; offset += pieceBytes) {
    await store.receive(snapshot, offset, piece(offset));
  }
}

async function loaded(store: SnapshotStore, snapshot: SnapshotInfo): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.load(snapshot)) chunks.push(chunk);
  return chunks;
}

async function checkLoads(store: SnapshotStore, snapshot: SnapshotInfo, chunks: readonly Buffer[]) {
  assert.deepEqual((await loaded(store, snapshot)).map(plain), chunks.map(plain));
}

function plain(data: Uint8Array): string {
  return Buffer.from(data).toString('latin1');
}

function rejects(promise: Promise<unknown>, code: StorageErrorCode, message = /./): Promise<void> {
  return assert.rejects(promise, { name: 'StorageError', code, message });
}
