/** Holds messages back, and lets them go in the order in which they came, whatever their delay. */
export class DelayLine {
  private held: { readonly due: number; readonly release: () => void }[] = [];
  private timer: NodeJS.Timeout | undefined;

  get length(): number {
    return this.held.length;
  }

  add(delayMs: number, release: () => void): void {
    this.held.push({ due: performance.now() + delayMs, release });
    if (this.held.length === 1) this.wait();
  }

  /** Lets everything go now. */
  flush(): void {
    clearTimeout(this.timer);
    const all = this.held;
    this.held = [];
    for (const { release } of all) release();
  }

  /** Forgets everything. */
  clear(): void {
    clearTimeout(this.timer);
    this.held = [];
  }

  private wait(): void {
    const [first] = this.held;
    if (first === undefined) return;
    this.timer = setTimeout(() => this.releaseDue(), first.due - performance.now());
  }

  private releaseDue(): void {
    const now = performance.now();
    const waiting = this.held.findIndex(({ due }) => due > now);
    const due = this.held.splice(0, waiting < 0 ? this.held.length : waiting);
    for (const { release } of due) release();
    clearTimeout(this.timer);
    this.wait();
  }
}
