import { Feeds } from './feed.js';

/** Changes within this time are one to a watcher. */
const conflationMs = 20;

/** Tells readers the latest value, and only that: what they were too slow for is passed over. */
export class LatestWatch<T> {
  private readonly feeds = new Feeds<T>();
  private version = 0;
  private cancelTimer: (() => void) | null = null;

  constructor(
    private readonly current: () => T,
    private readonly setTimer: (delayMs: number, fire: () => void) => () => void,
  ) {}

  /** Costs nothing while nobody watches. */
  changed(): void {
    if (this.feeds.isEmpty || this.cancelTimer !== null) return;
    this.cancelTimer = this.setTimer(conflationMs, () => {
      this.cancelTimer = null;
      this.version++;
      this.feeds.wake();
    });
  }

  read(signal?: AbortSignal): AsyncIterableIterator<T> {
    let seen = -1;
    const pull = (): T | undefined => {
      if (seen === this.version) return undefined;
      seen = this.version;
      return this.current();
    };
    return this.feeds.open(pull, signal);
  }

  /** Readers get the last value, if they have not, and end. */
  close(): void {
    this.cancelTimer?.();
    this.feeds.close();
  }
}
