/** Something that was so, or happened, at a time: page time, ms. */
export interface Timed {
  readonly t: number;
}

/** What becomes of `kept` when `item`, which follows it, goes; null when `item` is worth keeping. */
export type Thin<T> = (kept: T, item: T, newest: T) => T | null;

/** Things in the order of their times. Bounded: the oldest go first, or what `thin` lets go of. */
export class Series<T extends Timed> {
  #items: T[] = [];
  #dropped = 0;
  #clearAbove: number;

  /** @param capacity how many it holds at most, after each clearing */
  constructor(
    readonly capacity: number,
    readonly thin: Thin<T> = () => null,
  ) {
    this.#clearAbove = capacity / 8;
  }

  get length(): number {
    return this.#items.length;
  }

  /** How many have gone. With `length` it tells whether anything came or went since. */
  get dropped(): number {
    return this.#dropped;
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  get last(): T | undefined {
    return this.#items.at(-1);
  }

  /** The newest is 0; undefined beyond the oldest. */
  fromNewest(offset: number): T | undefined {
    return this.#items[this.#items.length - 1 - offset];
  }

  /** Mostly at the end; what comes late is put where its time belongs, behind its equals. */
  push(item: T): void {
    const place = this.countUntil(item.t);
    if (place === this.#items.length) this.#items.push(item);
    else this.#items.splice(place, 0, item);
    if (this.#items.length > this.#clearAbove) this.#clear();
  }

  /** How many are not later than `t`. */
  countUntil(t: number): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#items[middle]?.t ?? Infinity) <= t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The latest that is not later than `t`. */
  at(t: number): T | undefined {
    return this.#items[this.countUntil(t) - 1];
  }

  /** Those later than `after`, and not later than `until`. */
  between(after: number, until: number): T[] {
    return this.#items.slice(this.countUntil(after), this.countUntil(until));
  }

  all(): readonly T[] {
    return this.#items;
  }

  #clear(): void {
    const before = this.#items.length;
    const newest = this.#items.at(-1);
    if (newest === undefined) return;
    const kept: T[] = [];
    for (const item of this.#items) {
      const last = kept.at(-1);
      const thinned = item === newest || !last ? null : this.thin(last, item, newest);
      if (thinned === null) kept.push(item);
      else kept[kept.length - 1] = thinned;
    }
    this.#items = kept.length > this.capacity ? kept.slice(-this.capacity) : kept;
    this.#dropped += before - this.#items.length;
    // After a quarter more: clearing costs, and is done rarely; but what may go does not stay until all is full.
    const { length } = this.#items;
    this.#clearAbove = Math.min(this.capacity, Math.max(length, this.capacity / 8)) * 1.25;
  }
}
