import type { LogIndex } from '../../core/entry.js';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import type { Restoration } from '../state-machine.js';
import type { Ending } from './ending.js';

/** Chunks that come when they are asked for, one at a time. */
export interface ChunkSource {
  /** null behind the last chunk. */
  next(ending: Ending<Uint8Array | null>): void;
  /** No more is wanted. */
  cancel(): void;
}

/** The stores and the state, as far as snapshots need them. See `SnapshotStore`, `StateMachine`. */
export interface SnapshotIo {
  /** The state as it is now. */
  image(): Iterable<Uint8Array>;
  /** Begins to replace the state. */
  replace(): Restoration;
  save(meta: SnapshotMeta, chunks: Iterable<Uint8Array>, ending: Ending<SnapshotInfo>): void;
  load(snapshot: SnapshotInfo): ChunkSource;
  read(snapshot: SnapshotInfo, offset: number, ending: Ending<Uint8Array>): void;
  receive(snapshot: SnapshotInfo, offset: number, data: Uint8Array, ending: Ending<number>): void;
  /** The log lets go of what a snapshot stands for. */
  compact(upTo: LogIndex, ending: Ending<void>): void;
}
