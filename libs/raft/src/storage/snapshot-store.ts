import type { SnapshotInfo, SnapshotMeta } from '../core/snapshot.js';
import type { VolumeIdentity } from './log-store.js';

/** Where a node keeps its snapshots. Each is there as a whole, checked, or not at all. */
export interface SnapshotStore {
  /**
   * Opens the store of this volume and removes what a crash left half-made, except for a snapshot from
   * a leader that can be taken up again. Resolves with the latest snapshot; null for none.
   * @throws StorageError `foreign` (another volume's), `corrupt` (file and offset named)
   */
  open(volume: VolumeIdentity): Promise<SnapshotInfo | null>;

  /**
   * Saves a snapshot of this node's own, and removes older ones beyond the retention. Durable when it
   * resolves. Asks for the next chunk when the last one is written, so nothing piles up. One at a time.
   * @throws StorageError `full`, `failed`; nothing of it is left. What the iterable throws
   */
  save(meta: SnapshotMeta, chunks: Iterable<Uint8Array>): Promise<SnapshotInfo>;

  /** The chunks of a snapshot as they were saved. @throws StorageError `corrupt` */
  load(snapshot: SnapshotInfo): AsyncIterable<Uint8Array>;

  /**
   * Up to `maxBytes` of a snapshot's raw bytes, to be sent to another node.
   * @throws StorageError `failed` when the snapshot is there no more
   */
  read(snapshot: SnapshotInfo, offset: number, maxBytes: number): Promise<Uint8Array>;

  /**
   * Keeps raw bytes of another node's snapshot. Resolves with how many of it are kept now: a piece that
   * does not follow them is not taken, and the next one that is wanted starts there, also after a
   * restart. A piece of another snapshot than the last begins anew. With the last piece the whole is
   * checked and, when it resolves, durable and the latest. One call at a time.
   * @throws StorageError `corrupt` when the whole is not what its id says; `full`, `failed`. Nothing is kept.
   */
  receive(snapshot: SnapshotInfo, offset: number, data: Uint8Array): Promise<number>;

  /** Ends what is under way, and lets go of the files. */
  close(): Promise<void>;
}
