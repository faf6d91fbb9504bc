import type { MetricsSample } from '@quorate/contract';

/** What is measured of each node, in the order in which it is shown. */
export const measures = [
  'committed',
  'writes',
  'reads',
  'writeLatency',
  'readLatency',
  'sync',
  'batch',
  'openCalls',
  'unapplied',
  'lag',
  'sent',
  'elections',
  'memory',
  'cpu',
  'loop',
] as const;
export type Measure = (typeof measures)[number];

/** In which the figures of a measure are told. */
export type Unit = 'perSecond' | 'ms' | 'entries' | 'calls' | 'times' | 'bytes' | 'share';

export const unitOf: Readonly<Record<Measure, Unit>> = {
  committed: 'perSecond',
  writes: 'perSecond',
  reads: 'perSecond',
  writeLatency: 'ms',
  readLatency: 'ms',
  sync: 'ms',
  batch: 'entries',
  openCalls: 'calls',
  unapplied: 'entries',
  lag: 'entries',
  sent: 'perSecond',
  elections: 'times',
  memory: 'bytes',
  cpu: 'share',
  loop: 'ms',
};

export interface Asked {
  /** Which of the latencies. */
  readonly quantile: 'p50' | 'p99';
  /** Messages of one type; null for all. */
  readonly message: string | null;
}

/** The figure that a sample tells; null where it tells none. Lag stands in no sample. */
export function figureOf(
  measure: Exclude<Measure, 'lag'>,
  sample: MetricsSample,
  { quantile, message }: Asked,
): number | null {
  switch (measure) {
    case 'committed':
      return sample.log.committed;
    case 'writes':
      return sample.writes.rate;
    case 'reads':
      return sample.reads.rate;
    case 'writeLatency':
      return sample.writes.latency[quantile];
    case 'readLatency':
      return sample.reads.latency[quantile];
    case 'sync':
      return sample.log.sync[quantile];
    case 'batch':
      return sample.log.batch;
    case 'openCalls':
      return sample.queues.openCalls;
    case 'unapplied':
      return sample.queues.unapplied;
    case 'sent':
      return message === null
        ? Object.values(sample.sent).reduce((sum, rate) => sum + rate, 0)
        : (sample.sent[message] ?? 0);
    case 'elections':
      return sample.elections.started;
    case 'memory':
      return sample.process.rssBytes;
    case 'cpu':
      return sample.process.cpu;
    case 'loop':
      return sample.process.loop[quantile];
  }
}
