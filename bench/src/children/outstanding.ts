import type { RaftNode } from '@quorate/raft';
import { quantile } from '../stats.js';

/** Latencies that are kept: enough for a p99, and no more than the measured process notices. */
const sampled = 50_000;

/** Keeps so many proposals on their way, and counts those that were committed and applied. */
export class Outstanding {
  private done = 0;
  private readonly latencies: number[] = [];

  constructor(
    private readonly node: RaftNode<number>,
    private readonly bytes: number,
    private readonly outstanding: number,
  ) {}

  async run(until: { readonly seconds: number } | { readonly commands: number }) {
    const begun = performance.now();
    const isOver =
      'seconds' in until
        ? () => performance.now() - begun >= until.seconds * 1000
        : () => this.done >= until.commands;
    await Promise.all(Array.from({ length: this.outstanding }, () => this.caller(isOver)));
    const seconds = (performance.now() - begun) / 1000;
    return {
      rate: this.done / seconds,
      p50: quantile(this.latencies, 0.5),
      p99: quantile(this.latencies, 0.99),
    };
  }

  private async caller(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const command = new Uint8Array(this.bytes);
      const begun = performance.now();
      await this.node.propose(command);
      this.done += 1;
      if (this.latencies.length < sampled) this.latencies.push(performance.now() - begun);
    }
  }
}
