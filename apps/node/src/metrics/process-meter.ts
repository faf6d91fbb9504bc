import { readFileSync } from 'node:fs';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricsSample } from '@quorate/contract';

const RESOLUTION_MS = 10;
const version = readVersion();

/** What this process takes of the machine, and how late its event loop is, from one reading to the next. */
export class ProcessMeter {
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #cpu = process.cpuUsage();

  constructor() {
    this.#delay.enable();
  }

  read(overMs: number): MetricsSample['process'] {
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    const loop = { p50: this.#lateness(50), p99: this.#lateness(99) };
    this.#delay.reset();
    return {
      pid: process.pid,
      version,
      uptimeMs: process.uptime() * 1000,
      rssBytes: rss,
      heapBytes: heapUsed,
      cpu: (user + system) / 1000 / overMs,
      loop,
    };
  }

  stop(): void {
    this.#delay.disable();
  }

  /** The histogram holds the time from one look at the clock to the next, which are to be so far apart. */
  #lateness(percentile: number): number | null {
    if (this.#delay.count === 0) return null;
    return Math.max(0, this.#delay.percentile(percentile) / 1e6 - RESOLUTION_MS);
  }
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
