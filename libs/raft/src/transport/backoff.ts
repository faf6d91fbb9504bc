const FIRST_MS = 20;
const LONGEST_MS = 1000;

/** How long to wait before the next attempt: doubling, and spread so that peers do not dial in step. */
export class Backoff {
  private nextMs = FIRST_MS;

  delayMs(): number {
    const delay = this.nextMs * (0.5 + Math.random() / 2);
    this.nextMs = Math.min(this.nextMs * 2, LONGEST_MS);
    return delay;
  }

  /** A connection that lived as long as the longest wait was a success; a shorter one may fail again at once. */
  connectionLived(ms: number): void {
    if (ms >= LONGEST_MS) this.nextMs = FIRST_MS;
  }
}
