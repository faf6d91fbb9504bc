import type { SnapshotInfo, SnapshotMeta } from '../../src/core/snapshot.js';

/** A piece on the way, so small that every snapshot takes a few. */
const pieceBytes = 8;

/** Where a server keeps its snapshots: the latest, and as much as it has of the leader's. */
export class Shelf {
  latest: SnapshotInfo | null = null;
  private content = Buffer.alloc(0);
  private incoming = { id: '', content: Buffer.alloc(0) };

  constructor(private readonly owner: string) {}

  /** The state is the list of the commands that were applied. */
  save(meta: SnapshotMeta, state: readonly string[]): SnapshotInfo {
    this.content = Buffer.from(JSON.stringify(state));
    const id = `${this.owner}-${meta.index}`;
    this.latest = { ...meta, id, bytes: this.content.length };
    return this.latest;
  }

  load(): readonly string[] {
    if (this.latest === null) return [];
    return JSON.parse(this.content.toString()) as readonly string[];
  }

  /** null when the snapshot has been replaced. */
  read({ id }: SnapshotInfo, offset: number): Uint8Array | null {
    if (id !== this.latest?.id) return null;
    return this.content.subarray(offset, offset + pieceBytes);
  }

  /** Bytes kept of the snapshot now. */
  receive(snapshot: SnapshotInfo, offset: number, data: Uint8Array): number {
    if (this.incoming.id !== snapshot.id) {
      this.incoming = { id: snapshot.id, content: Buffer.alloc(0) };
    }
    const { content } = this.incoming;
    if (offset === content.length) this.incoming.content = Buffer.concat([content, data]);
    const received = this.incoming.content.length;
    if (received === snapshot.bytes && snapshot.index > (this.latest?.index ?? 0)) {
      this.latest = snapshot;
      this.content = this.incoming.content;
    }
    return received;
  }
}
