import type { Ending } from '../../node/effects/ending.js';
import type { SnapshotInfo } from '../../core/snapshot.js';
import { type SnapshotMachine, StoreIo } from '../../node/snapshots/store-io.js';
import type { LogStore } from '../../storage/log-store.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import type { Timeline } from '../time/timeline.js';
import type { Life } from './life.js';

/** Small: most transfers take a few pieces, and none very many. */
const leastPieceBytes = 100;
const mostPieces = 8;

/** The product's way to its stores, on virtual time: what ends comes into a process that lives. */
export class SimStoreIo extends StoreIo {
  constructor(
    machine: SnapshotMachine,
    private readonly store: SnapshotStore,
    log: Pick<LogStore, 'compact'>,
    private readonly life: Life,
    private readonly timeline: Timeline,
  ) {
    super(machine, store, log);
  }

  override read(snapshot: SnapshotInfo, offset: number, ending: Ending<Uint8Array>): void {
    const pieceBytes = Math.max(leastPieceBytes, Math.ceil(snapshot.bytes / mostPieces));
    this.run(this.store.read(snapshot, offset, pieceBytes), ending);
  }

  protected override run<T>(work: Promise<T>, ending: Ending<T>): void {
    this.timeline.promised();
    super.run(work, {
      done: (value) => this.life.enter(() => ending.done(value)),
      failed: (error) => this.life.enter(() => ending.failed(error)),
    });
  }
}
