import type { Measure, Unit } from '../../core/metrics/measures.js';

const names: Record<Measure, string> = {
  committed: 'Entries committed',
  writes: 'Writes of clients',
  reads: 'Reads of clients',
  writeLatency: 'Write latency',
  readLatency: 'Read latency',
  sync: 'Disk sync',
  batch: 'Entries in a sync',
  openCalls: 'Open calls',
  unapplied: 'Committed, not applied',
  lag: 'Behind the commit index',
  sent: 'Messages sent',
  elections: 'Elections begun since start',
  memory: 'Memory',
  cpu: 'CPU',
  loop: 'Event-loop delay',
};

const units: Record<Unit, string> = {
  perSecond: 'a second',
  ms: 'ms',
  entries: 'entries',
  calls: 'calls',
  times: 'times',
  bytes: 'MiB',
  share: '% of a core',
};

/** Figures over time. */
export const metrics = {
  names,
  units,
  quantile: 'Latencies',
  quantiles: { p50: 'median', p99: 'p99' },
  messages: 'Messages',
  allMessages: 'all types',
  nodes: 'Nodes',
  show: 'Show',
  charts: 'Charts',
  table: 'Table',
  csv: 'Save as CSV',
  prometheus: 'For Prometheus:',
  prometheusOf: (node: string) => `Metrics of ${node} in Prometheus format`,
  none: 'No figures were heard in the time that is shown. They come once a second while this page is open.',
  hint: 'A click goes to a moment, a drag looks at a part of time. The scrubber at the foot of the page does the same by keyboard.',
  now: 'Latest',
  lowest: 'Lowest',
  median: 'Median',
  highest: 'Highest',
  node: 'Node',
  summary: (name: string, figures: readonly string[]) => `${name}: ${figures.join('; ')}`,
  figures: (node: string, last: string, highest: string) => `${node} ${last}, at most ${highest}`,
};
