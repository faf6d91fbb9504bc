import { type Entry, entrySize } from '../../core/entry.js';
import type { Limits } from '../../core/options.js';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import type { Ending } from './ending.js';

const firstRetryMs = 1000;
const lastRetryMs = 60_000;

export interface SnapshotTakerPorts {
  setTimer(delayMs: number, fire: () => void): () => void;
  /** What a snapshot of the state as it is now stands for; null while the state is being replaced. */
  present(): SnapshotMeta | null;
  /** Saves the state as it is now. */
  save(meta: SnapshotMeta, ending: Ending<SnapshotInfo>): void;
  taken(snapshot: SnapshotInfo): void;
  failed(error: unknown): void;
}

/**
 * Takes a snapshot when enough has been applied since the last, or somebody asks for one: one at a
 * time, each of one instant. One that failed is tried again later.
 */
export class SnapshotTaker {
  private entries = 0;
  private bytes = 0;
  private latest: SnapshotInfo | null = null;
  /** Those who wait for the one that is being saved; null while none is. */
  private saving: readonly Ending<SnapshotInfo>[] | null = null;
  /** Those who wait for one that has not begun. */
  private asking: Ending<SnapshotInfo>[] = [];
  private retryMs = firstRetryMs;
  private cancelRetry: (() => void) | null = null;
  private stopped = false;

  constructor(
    private readonly limits: () => Limits,
    private readonly ports: SnapshotTakerPorts,
  ) {}

  applied(entry: Entry): void {
    this.entries++;
    this.bytes += entrySize(entry);
  }

  /** A run of entries is applied: a good moment, if a snapshot is due. */
  look(): void {
    const { snapshotEntries, snapshotBytes } = this.limits();
    const isDue = this.entries >= snapshotEntries || this.bytes >= snapshotBytes;
    if ((isDue && this.cancelRetry === null) || this.asking.length > 0) this.take();
  }

  /** One of the state as it is now, or later. */
  ask(ending: Ending<SnapshotInfo>): void {
    this.asking.push(ending);
    this.take();
  }

  /** The state is that of this snapshot now. */
  restored(snapshot: SnapshotInfo): void {
    this.latest = snapshot;
    this.entries = 0;
    this.bytes = 0;
    this.look();
  }

  stop(cause: unknown): void {
    this.stopped = true;
    this.cancelRetry?.();
    for (const ending of [...(this.saving ?? []), ...this.asking]) ending.failed(cause);
    this.asking = [];
  }

  private take(): void {
    if (this.stopped || this.saving !== null) return;
    const meta = this.ports.present();
    if (meta === null) return;
    this.cancelRetry?.();
    this.cancelRetry = null;
    const askers = this.asking;
    this.asking = [];
    if (this.latest?.index === meta.index) {
      for (const ending of askers) ending.done(this.latest);
      return;
    }
    this.saving = askers;
    this.entries = 0;
    this.bytes = 0;
    this.ports.save(meta, {
      done: (snapshot) => this.saved(snapshot, askers),
      failed: (error) => this.failed(error, askers),
    });
  }

  private saved(snapshot: SnapshotInfo, askers: readonly Ending<SnapshotInfo>[]): void {
    if (this.stopped) return;
    this.saving = null;
    this.retryMs = firstRetryMs;
    if (snapshot.index > (this.latest?.index ?? 0)) this.latest = snapshot;
    this.ports.taken(snapshot);
    for (const ending of askers) ending.done(snapshot);
    this.look();
  }

  private failed(error: unknown, askers: readonly Ending<SnapshotInfo>[]): void {
    if (this.stopped) return;
    this.saving = null;
    this.cancelRetry = this.ports.setTimer(this.retryMs, () => {
      this.cancelRetry = null;
      this.take();
    });
    this.retryMs = Math.min(this.retryMs * 2, lastRetryMs);
    this.ports.failed(error);
    for (const ending of askers) ending.failed(error);
  }
}
