/** Lets callers wait, for a bounded time, until something that changes is as they need it. */
export class Conditions {
  readonly #waiting = new Set<() => void>();

  /** Call it after each change. */
  changed(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Whether the condition came true in time. */
  until(condition: () => boolean, withinMs: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (result: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve(result);
      };
      const wake = () => {
        if (condition()) settle(true);
      };
      const timer = setTimeout(settle, withinMs, false);
      this.#waiting.add(wake);
    });
  }
}
