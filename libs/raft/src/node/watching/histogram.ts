/** How often values fell where, since the start. */
export interface HistogramData {
  readonly count: number;
  readonly sum: number;
  /** 0 while nothing was observed. */
  readonly max: number;
  /** The highest value that each bucket takes, rising. One more bucket takes what is above the last. */
  readonly bounds: readonly number[];
  /** Values in each bucket alone; one more than there are bounds. */
  readonly counts: readonly number[];
}

/** Milliseconds, from a quick disk to a call that times out. */
export const durationBounds: readonly number[] = [
  0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000,
];

export const countBounds: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096];

/** Counts values in fixed buckets: observing one allocates nothing, however many there were. */
export class Histogram {
  private count = 0;
  private sum = 0;
  private max = 0;
  private readonly counts: number[];

  constructor(private readonly bounds: readonly number[]) {
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let bucket = 0;
    while (value > (this.bounds[bucket] ?? Infinity)) bucket++;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count++;
    this.sum += value;
    if (value > this.max) this.max = value;
  }

  read(): HistogramData {
    const { count, sum, max, bounds, counts } = this;
    return { count, sum, max, bounds, counts: [...counts] };
  }
}

/**
 * The value that a share `q` of all values, from 0 to 1, does not exceed: p99 is `quantile(data, 0.99)`.
 * Exact to its bucket, never above the largest value; 0 when there is none.
 */
export function quantile({ count, max, bounds, counts }: HistogramData, q: number): number {
  const wanted = q * count;
  let below = 0;
  for (const [bucket, inside] of counts.entries()) {
    if (inside === 0 || below + inside < wanted) {
      below += inside;
      continue;
    }
    const from = bounds[bucket - 1] ?? 0;
    const to = Math.min(bounds[bucket] ?? max, max);
    return from + (to - from) * Math.max(0, (wanted - below) / inside);
  }
  return max;
}
