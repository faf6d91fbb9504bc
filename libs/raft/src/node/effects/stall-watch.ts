import type { SteadyClock } from '../options.js';

export interface StallWatchPorts extends SteadyClock {
  /** A write that is under way longer counts as stalled. */
  stallMs(): number;
  /** The write under way has not ended for so long. */
  stalled(ms: number): void;
  /** The write that had stalled has ended, well or not, after so long. */
  recovered(ms: number): void;
}

/**
 * Notices a write that does not end: a disk that stalls neither succeeds nor fails, and a leader must
 * not go on with its heartbeats for ever meanwhile. One timer looks after all writes, so that quick
 * ones pay nothing.
 */
export class StallWatch {
  private since: number | null = null;
  private isStalled = false;
  private cancelLook: (() => void) | null = null;

  constructor(private readonly ports: StallWatchPorts) {}

  /** A write leaves for the disk. */
  began(): void {
    this.since = this.ports.now();
    if (this.cancelLook === null) this.lookIn(this.ports.stallMs());
  }

  /** It has ended, well or not. */
  ended(): void {
    const { since } = this;
    this.since = null;
    if (since === null || !this.isStalled) return;
    this.isStalled = false;
    this.ports.recovered(this.ports.now() - since);
  }

  /** `stallMs` is another. */
  changed(): void {
    this.stop();
    this.look(0);
  }

  stop(): void {
    this.cancelLook?.();
    this.cancelLook = null;
  }

  private lookIn(delayMs: number): void {
    const due = this.ports.now() + delayMs;
    this.cancelLook = this.ports.setTimer(delayMs, () => {
      this.cancelLook = null;
      this.look(this.ports.now() - due);
    });
  }

  private look(lateMs: number): void {
    if (this.since === null || this.isStalled) return;
    const now = this.ports.now();
    const stallMs = this.ports.stallMs();
    // The own process slept: the write may have ended meanwhile, and nobody has been told yet.
    if (lateMs > stallMs / 2) this.since = now;
    const left = this.since + stallMs - now;
    if (left > 0) {
      this.lookIn(left);
      return;
    }
    this.isStalled = true;
    this.ports.stalled(now - this.since);
  }
}
