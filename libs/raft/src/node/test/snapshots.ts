import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import type { VolumeIdentity } from '../../storage/log-store.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import { memorySnapshots } from '../../storage/snapshots/memory-snapshots.js';
import type { Restoration } from '../state-machine.js';
import { Words } from './cluster.js';

/** A list of words of which snapshots can be taken: a word a chunk. */
export class KeptWords extends Words {
  snapshot(): Iterable<Uint8Array> {
    return [...this.list].map((text) => Buffer.from(text));
  }

  restore(): Restoration {
    const words: string[] = [];
    return {
      write: (chunk) => void words.push(Buffer.from(chunk).toString()),
      finish: () => void this.list.splice(0, Infinity, ...words),
    };
  }
}

/** The store in memory, in sight of a test: its pieces are small, so that a transfer takes many. */
export class TestSnapshots implements SnapshotStore {
  /** The latest that this store has got by itself or from a leader. */
  latest: SnapshotInfo | null = null;
  /** What `save` rejects with. */
  saving: Error | null = null;
  private readonly store = memorySnapshots();

  async open(volume: VolumeIdentity): Promise<SnapshotInfo | null> {
    this.latest = await this.store.open(volume);
    return this.latest;
  }

  async save(meta: SnapshotMeta, chunks: Iterable<Uint8Array>): Promise<SnapshotInfo> {
    if (this.saving !== null) throw this.saving;
    this.latest = await this.store.save(meta, chunks);
    return this.latest;
  }

  load(snapshot: SnapshotInfo): AsyncIterable<Uint8Array> {
    return this.store.load(snapshot);
  }

  read(snapshot: SnapshotInfo, offset: number): Promise<Uint8Array> {
    return this.store.read(snapshot, offset, 100);
  }

  async receive(snapshot: SnapshotInfo, offset: number, data: Uint8Array): Promise<number> {
    const received = await this.store.receive(snapshot, offset, data);
    if (received === snapshot.bytes) this.latest = snapshot;
    return received;
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
