import type { LogWrite } from '../../core/effects.js';
import type { Random, Span } from '../time/random.js';
import type { Timeline } from '../time/timeline.js';
import type { Volume } from './volume.js';

interface Transfer {
  readonly cancel: () => void;
  readonly sync: () => void;
}

/** The disk of one node: writes take time, fail for a while, and are lost in a crash unless synced. */
export class Disk {
  /** Until then every write fails. */
  failingUntil = 0;
  /** Until then no write ends. */
  stalledUntil = 0;
  private transfer: Transfer | null = null;

  constructor(
    public volume: Volume,
    private readonly latencyMs: Span,
    private readonly timeline: Timeline,
    private readonly random: Random,
  ) {}

  write(batch: readonly LogWrite[], done: (error: unknown) => void): void {
    const { volume } = this;
    this.start(() => volume.sync(batch), done);
  }

  adopt(clusterId: string, done: (error: unknown) => void): void {
    const { volume } = this;
    this.start(() => {
      volume.clusterId = clusterId;
    }, done);
  }

  /** What was on its way to the disk may have made it, or not; nobody is told. */
  loseProcess(): void {
    if (this.transfer === null) return;
    this.transfer.cancel();
    if (this.random.chance(0.5)) this.transfer.sync();
    this.transfer = null;
  }

  private start(sync: () => void, done: (error: unknown) => void): void {
    if (this.transfer !== null) throw new Error('one write at a time: another is under way');
    const { timeline } = this;
    const ready = Math.max(timeline.now, this.stalledUntil) + this.random.between(this.latencyMs);
    const cancel = timeline.after(ready - timeline.now, () => {
      this.transfer = null;
      if (timeline.now < this.failingUntil) {
        done(new Error('the disk refuses the write'));
        return;
      }
      sync();
      done(null);
    });
    this.transfer = { cancel, sync };
  }
}
