import type { HistogramData } from '@quorate/raft';

type Kind = 'counter' | 'gauge' | 'histogram';

/**
 * Figures in the text format of Prometheus, version 0.0.4. Names and label values are our own words and
 * node ids, so there is nothing to escape.
 */
export class Exposition {
  static readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';
  readonly #lines: string[] = [];

  counter(name: string, help: string, value: number): void {
    this.#family(name, help, 'counter');
    this.#sample(name, value);
  }

  gauge(name: string, help: string, value: number): void {
    this.#family(name, help, 'gauge');
    this.#sample(name, value);
  }

  /** One counter for each value of a label. */
  counters(
    name: string,
    help: string,
    label: string,
    counts: Readonly<Record<string, number>>,
  ): void {
    this.#labelled(name, help, 'counter', label, counts);
  }

  gauges(
    name: string,
    help: string,
    label: string,
    values: Readonly<Record<string, number>>,
  ): void {
    this.#labelled(name, help, 'gauge', label, values);
  }

  histogram(name: string, help: string, { count, sum, bounds, counts }: HistogramData): void {
    this.#buckets(name, help, { count, sum, bounds, counts });
  }

  /** A histogram of milliseconds, told in seconds as Prometheus has it. */
  durations(name: string, help: string, { count, sum, bounds, counts }: HistogramData): void {
    const inSeconds = bounds.map((bound) => bound / 1000);
    this.#buckets(name, help, { count, sum: sum / 1000, bounds: inSeconds, counts });
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #buckets(
    name: string,
    help: string,
    { count, sum, bounds, counts }: Omit<HistogramData, 'max'>,
  ): void {
    this.#family(name, help, 'histogram');
    let below = 0;
    for (const [bucket, bound] of bounds.entries()) {
      below += counts[bucket] ?? 0;
      this.#sample(`${name}_bucket{le="${bound}"}`, below);
    }
    this.#sample(`${name}_bucket{le="+Inf"}`, count);
    this.#sample(`${name}_sum`, sum);
    this.#sample(`${name}_count`, count);
  }

  #labelled(
    name: string,
    help: string,
    kind: Kind,
    label: string,
    values: Readonly<Record<string, number>>,
  ): void {
    this.#family(name, help, kind);
    for (const [value, number] of Object.entries(values)) {
      this.#sample(`${name}{${label}="${value}"}`, number);
    }
  }

  #family(name: string, help: string, kind: Kind): void {
    this.#lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
  }

  #sample(name: string, value: number): void {
    this.#lines.push(`${name} ${value}`);
  }
}
