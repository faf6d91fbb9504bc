import type { LogIndex } from '../../core/entry.js';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import type { LogStore } from '../../storage/log-store.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import type { Ending } from '../effects/ending.js';
import type { ChunkSource, SnapshotIo } from '../effects/snapshot-io.js';
import type { Restoration, StateMachine } from '../state-machine.js';

/** What goes to a follower at once. */
export const pieceBytes = 256 * 1024;

/** A state machine of which snapshots can be taken. */
export type SnapshotMachine = Required<Pick<StateMachine<unknown>, 'snapshot' | 'restore'>>;

/** The stores of a node as its driver sees them: a promise's end is an ending. */
export class StoreIo implements SnapshotIo {
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly machine: SnapshotMachine,
    private readonly snapshots: SnapshotStore,
    private readonly log: Pick<LogStore, 'compact'>,
  ) {}

  image(): Iterable<Uint8Array> {
    return this.machine.snapshot();
  }

  replace(): Restoration {
    return this.machine.restore();
  }

  save(meta: SnapshotMeta, chunks: Iterable<Uint8Array>, ending: Ending<SnapshotInfo>): void {
    this.run(this.snapshots.save(meta, chunks), ending);
  }

  load(snapshot: SnapshotInfo): ChunkSource {
    const chunks = this.snapshots.load(snapshot)[Symbol.asyncIterator]();
    const next = async () => {
      const chunk = await chunks.next();
      return chunk.done === true ? null : chunk.value;
    };
    return {
      next: (ending) => this.run(next(), ending),
      // What goes wrong with chunks that nobody wants any more is no harm.
      cancel: () => void chunks.return?.().catch(() => undefined),
    };
  }

  read(snapshot: SnapshotInfo, offset: number, ending: Ending<Uint8Array>): void {
    this.run(this.snapshots.read(snapshot, offset, pieceBytes), ending);
  }

  receive(snapshot: SnapshotInfo, offset: number, data: Uint8Array, ending: Ending<number>): void {
    this.run(this.snapshots.receive(snapshot, offset, data), ending);
  }

  compact(upTo: LogIndex, ending: Ending<void>): void {
    this.run(this.log.compact(upTo), ending);
  }

  /** Brings the state machine to a snapshot before the node starts. @throws what either throws */
  async restore(snapshot: SnapshotInfo): Promise<void> {
    const state = this.machine.restore();
    for await (const chunk of this.snapshots.load(snapshot)) state.write(chunk);
    state.finish();
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  protected run<T>(work: Promise<T>, ending: Ending<T>): void {
    const ended = work
      .finally(() => this.underWay.delete(ended))
      .then(
        (value) => ending.done(value),
        (error: unknown) => ending.failed(error),
      );
    this.underWay.add(ended);
  }
}
