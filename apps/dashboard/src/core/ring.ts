/** Keeps the last `capacity` things; the oldest makes room for the newest. */
export class Ring<T> {
  readonly #slots: T[] = [];
  #next = 0;

  constructor(readonly capacity: number) {}

  get length(): number {
    return this.#slots.length;
  }

  push(item: T): void {
    this.#slots[this.#next] = item;
    this.#next = (this.#next + 1) % this.capacity;
  }

  /** The newest is 0; undefined beyond the oldest. */
  fromNewest(offset: number): T | undefined {
    if (offset >= this.length) return undefined;
    return this.#slots[(this.#next - 1 - offset + 2 * this.capacity) % this.capacity];
  }
}
