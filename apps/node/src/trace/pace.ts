/** Lets a burst through at once, and so many a second in the long run. */
export class Pace {
  #left: number;
  #at = -Infinity;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.#left = burst;
  }

  /** @param now milliseconds, never falling */
  take(now: number): boolean {
    const regained = ((now - this.#at) / 1000) * this.perSecond;
    this.#left = Math.min(this.burst, this.#left + regained);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
