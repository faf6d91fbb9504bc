import type { MetricsSample } from '@quorate/contract';
import type { History } from '../history/history.js';
import type { ClusterView } from './cluster-view.js';

export type Quantiles = MetricsSample['writes']['latency'];

/** What a cluster does at one moment; null for what nobody has told of late. */
export interface Figures {
  /** Writes of all clients, a second. */
  readonly writes: number | null;
  /** From a client's proposal at the leader until it is applied there, ms. */
  readonly commit: Quantiles | null;
  /** One sync of the leader's disk, ms. */
  readonly sync: Quantiles | null;
}

/** Samples come once a second: what is older than this is not of this moment, ms. */
const freshMs = 3_000;

export function figuresAt(history: History, { at, nodes, leadership }: ClusterView): Figures {
  const sampleOf = (id: string) => {
    const timed = history.nodes.get(id)?.metrics.at(at);
    return timed && at - timed.t <= freshMs ? timed.sample : null;
  };
  const samples = nodes.flatMap(({ id }) => sampleOf(id) ?? []);
  const leading = leadership.leader === null ? null : sampleOf(leadership.leader);
  return {
    writes: samples.length === 0 ? null : samples.reduce((sum, one) => sum + one.writes.rate, 0),
    commit: leading?.writes.latency ?? null,
    sync: leading?.log.sync ?? null,
  };
}
