import type { Action } from '../actions/action.js';

/** An armed button falls back after this long, ms. */
const disarmAfterMs = 6_000;
/** A second click this soon is the tail of a double click, ms. */
export const settleMs = 350;

/** Which dangerous act waits to be confirmed, by a second click or in the dialog: at most one on the page. */
export class Confirmation {
  #armed = $state<string | null>(null);
  #asked = $state.raw<Action | null>(null);
  #settled = $state(false);
  #timers: ReturnType<typeof setTimeout>[] = [];

  isArmed(id: string): boolean {
    return this.#armed === id;
  }

  /** Whether the second click counts already. */
  get settled(): boolean {
    return this.#settled;
  }

  /** What the dialog asks about; null when it is closed. */
  get asked(): Action | null {
    return this.#asked;
  }

  ask(action: Action): void {
    this.withdraw();
    this.#asked = action;
  }

  arm(id: string): void {
    this.withdraw();
    this.#armed = id;
    this.#timers = [
      setTimeout(() => (this.#settled = true), settleMs),
      setTimeout(() => this.withdraw(), disarmAfterMs),
    ];
  }

  readonly withdraw = (): void => {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#armed = null;
    this.#asked = null;
    this.#settled = false;
  };
}
