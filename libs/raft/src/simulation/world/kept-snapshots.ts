import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import type { Life } from './life.js';

interface Kept {
  readonly info: SnapshotInfo;
  readonly bytes: Buffer;
}

/** What lies on one machine's disk of snapshots: the latest, and what has come of a leader's. */
export class KeptSnapshots {
  latest: Kept | null = null;
  incoming: { readonly id: string; readonly bytes: Buffer } | null = null;

  /** An older one than the latest is not needed; of two at one index the later is the wanted one. */
  keep(kept: Kept): void {
    if (kept.info.index >= (this.latest?.info.index ?? 0)) this.latest = kept;
  }
}

/** The snapshot store of one process: all that it does takes time, and ends with the process. */
export class SimSnapshots implements SnapshotStore {
  constructor(
    private readonly kept: KeptSnapshots,
    private readonly life: Life,
    /** Resolves when the disk has done something. */
    private readonly disk: () => Promise<void>,
  ) {}

  async open(): Promise<SnapshotInfo | null> {
    await this.disk();
    return this.kept.latest?.info ?? null;
  }

  async save(meta: SnapshotMeta, chunks: Iterable<Uint8Array>): Promise<SnapshotInfo> {
    const saved: Uint8Array[] = [];
    for (const chunk of chunks) {
      saved.push(chunk);
      await this.disk();
    }
    const bytes = Buffer.concat(saved.flatMap((chunk) => [lengthOf(chunk), chunk]));
    const id = `${meta.index}-${bytes.length}-${saved.length}-${this.life.now.toFixed(3)}`;
    const info: SnapshotInfo = { ...meta, id, bytes: bytes.length };
    if (this.life.isAlive) this.kept.keep({ info, bytes });
    return info;
  }

  async *load({ id }: SnapshotInfo): AsyncGenerator<Uint8Array> {
    const { latest } = this.kept;
    if (latest?.info.id !== id) throw new StorageError('failed', `snapshot ${id} is gone`);
    const { bytes } = latest;
    for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32LE(at)) {
      await this.disk();
      yield bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at));
    }
  }

  /** Small pieces: most transfers take a few. */
  async read({ id }: SnapshotInfo, offset: number): Promise<Uint8Array> {
    await this.disk();
    const { latest } = this.kept;
    if (latest?.info.id !== id) throw new StorageError('failed', `snapshot ${id} is gone`);
    const piece = Math.max(40, Math.ceil(latest.bytes.length / 8));
    return latest.bytes.subarray(offset, offset + piece);
  }

  async receive(info: SnapshotInfo, offset: number, data: Uint8Array): Promise<number> {
    await this.disk();
    const { kept, life } = this;
    if (!life.isAlive) return 0;
    const bytes = kept.incoming?.id === info.id ? kept.incoming.bytes : Buffer.alloc(0);
    const grown = offset === bytes.length ? Buffer.concat([bytes, data]) : bytes;
    kept.incoming = { id: info.id, bytes: grown };
    if (grown.length === info.bytes) kept.keep({ info, bytes: grown });
    return grown.length;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function lengthOf(chunk: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(chunk.length);
  return length;
}
