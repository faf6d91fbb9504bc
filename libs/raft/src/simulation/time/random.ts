/** A span of values, both ends included in what may be drawn. */
export type Span = readonly [min: number, max: number];

/**
 * Chance that can be repeated: the same seed draws the same numbers (mulberry32, which is small, quick
 * and good enough to choose faults with).
 */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** From [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = this.state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A stream of its own, so that one part's draws do not shift another's. */
  fork(): Random {
    return new Random(this.next() * 2 ** 32);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  between([min, max]: Span): number {
    return min + this.next() * (max - min);
  }

  /** Mostly near the start of the span. */
  early([min, max]: Span): number {
    return min + this.next() ** 3 * (max - min);
  }

  /** A whole number. */
  integer([min, max]: Span): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<T>(items: readonly T[]): T {
    const item = items[this.integer([0, items.length - 1])];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** Each item with this probability. */
  some<T>(items: readonly T[], probability: number): T[] {
    return items.filter(() => this.chance(probability));
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, order: this.next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  }
}
