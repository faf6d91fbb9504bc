import type { MetricsSample } from '@quorate/contract';
import { type HistogramData, quantile } from '@quorate/raft';

/** What was observed between two readings of one histogram. */
export function difference(after: HistogramData, before: HistogramData): HistogramData {
  return {
    count: after.count - before.count,
    sum: after.sum - before.sum,
    // At most: the largest of them may have been smaller.
    max: after.max,
    bounds: after.bounds,
    counts: after.counts.map((count, bucket) => count - (before.counts[bucket] ?? 0)),
  };
}

export function quantiles(data: HistogramData): MetricsSample['writes']['latency'] {
  if (data.count === 0) return { p50: null, p99: null };
  return { p50: quantile(data, 0.5), p99: quantile(data, 0.99) };
}
