import type { Span } from '../recording/kept-record.js';

/** Steps that a clock's hands make, ms. */
const steps = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000,
  60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000,
  43_200_000, 86_400_000,
];

/** Round times within a span, at most so many. */
export function axisTimes({ from, to }: Span, most: number): number[] {
  const step = steps.find((ms) => (to - from) / ms <= most) ?? to - from;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
}
