/** An armed button falls back after this long, ms. */
const disarmAfterMs = 6_000;
/** A second click this soon is the tail of a double click, ms. */
export const settleMs = 350;

/** Which dangerous act waits for its second click: at most one on the page. */
export class Confirmation {
  #armed = $state<string | null>(null);
  #settled = $state(false);
  #timers: ReturnType<typeof setTimeout>[] = [];

  isArmed(id: string): boolean {
    return this.#armed === id;
  }

  /** Whether the second click counts already. */
  get settled(): boolean {
    return this.#settled;
  }

  arm(id: string): void {
    this.disarm();
    this.#armed = id;
    this.#timers = [
      setTimeout(() => (this.#settled = true), settleMs),
      setTimeout(() => this.disarm(), disarmAfterMs),
    ];
  }

  disarm(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#armed = null;
    this.#settled = false;
  }
}
