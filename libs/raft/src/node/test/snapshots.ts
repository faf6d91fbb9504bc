import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
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

/** A snapshot store in memory; pieces are small, so that a transfer takes many. */
export class TestSnapshots implements SnapshotStore {
  latest: { readonly info: SnapshotInfo; readonly bytes: Buffer } | null = null;
  /** What `save` rejects with. */
  saving: Error | null = null;
  private incoming = { id: '', bytes: Buffer.alloc(0) };
  private saved = 0;

  constructor(private readonly name = 'snapshot') {}

  open(): Promise<SnapshotInfo | null> {
    return Promise.resolve(this.latest?.info ?? null);
  }

  async save(meta: SnapshotMeta, chunks: Iterable<Uint8Array>): Promise<SnapshotInfo> {
    const parts: Uint8Array[] = [];
    for (const chunk of chunks) {
      await Promise.resolve();
      if (this.saving !== null) throw this.saving;
      parts.push(Buffer.of(chunk.length), chunk);
    }
    const bytes = Buffer.concat([Buffer.of(0), ...parts]);
    const id = `${this.name}-${meta.index}-${++this.saved}`;
    this.latest = { info: { ...meta, id, bytes: bytes.length }, bytes };
    return this.latest.info;
  }

  async *load(snapshot: SnapshotInfo): AsyncGenerator<Uint8Array> {
    const bytes = this.bytesOf(snapshot);
    for (let at = 1; at < bytes.length; at += 1 + bytes.readUInt8(at)) {
      yield await Promise.resolve(bytes.subarray(at + 1, at + 1 + bytes.readUInt8(at)));
    }
  }

  read(snapshot: SnapshotInfo, offset: number): Promise<Uint8Array> {
    return Promise.resolve().then(() => this.bytesOf(snapshot).subarray(offset, offset + 10));
  }

  receive(info: SnapshotInfo, offset: number, data: Uint8Array): Promise<number> {
    const bytes = this.incoming.id === info.id ? this.incoming.bytes : Buffer.alloc(0);
    const grown = offset === bytes.length ? Buffer.concat([bytes, data]) : bytes;
    this.incoming = { id: info.id, bytes: grown };
    if (grown.length === info.bytes) this.latest = { info, bytes: grown };
    return Promise.resolve(grown.length);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private bytesOf({ id }: SnapshotInfo): Buffer {
    if (this.latest?.info.id === id) return this.latest.bytes;
    throw new StorageError('failed', `snapshot ${id} is not there`);
  }
}
