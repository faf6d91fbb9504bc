/** Runs `work` at once, and then at most once in `spacingMs`, the last call never lost. */
export class Throttle {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #again = false;

  constructor(
    readonly spacingMs: number,
    readonly work: () => void,
  ) {}

  request(): void {
    if (this.#timer) {
      this.#again = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#again) return;
      this.#again = false;
      this.request();
    }, this.spacingMs);
    this.work();
  }

  cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#again = false;
  }
}
