import type { Figures } from '../figures.js';
import { mixes } from '../measures/http.js';
import { median, quantile, spread } from '../stats.js';
import { bars, middle } from './bars.js';
import { table } from './table.js';

/** The figures as tables, for a terminal and for Markdown alike. */
export function report(figures: Figures): string {
  return [
    machine(figures),
    http(figures),
    library(figures),
    others(figures),
    sizes(figures),
    verdicts(figures),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function machine({ machine: m, generator }: Figures): string {
  return (
    `${m.cores} cores (${m.cpu}), ${m.memoryGiB} GiB, Node ${m.node}, ` +
    `${m.etcd === null ? 'no etcd' : `etcd ${m.etcd}`}, load by ${generator}. ` +
    `The disk alone: ${m.fdatasyncs} fdatasync a second.`
  );
}

function http({ http: all }: Figures): string {
  if (all === undefined) return '';
  const rows = mixes.flatMap((mix) =>
    all
      .filter((figure) => figure.mix === mix)
      .sort((a, b) => a.connections - b.connections)
      .map(({ system, connections, rounds }) => {
        const { rate, p50, p99, errors } = middle(rounds);
        const theirs = all.find(
          (one) => one.system === 'etcd' && one.mix === mix && one.connections === connections,
        );
        const ratio = theirs === undefined ? '' : (rate / middle(theirs.rounds).rate).toFixed(2);
        const apart = spread(rounds.map((round) => round.rate));
        return [
          mix,
          String(connections),
          system,
          whole(rate),
          system === 'quorate' ? ratio : '',
          `${(apart * 100).toFixed(0)} %`,
          p50.toFixed(2),
          p99.toFixed(2),
          String(errors),
        ];
      }),
  );
  const head = [
    'load',
    'conns',
    'system',
    'a second',
    'of etcd',
    'spread',
    'p50 ms',
    'p99 ms',
    'errors',
  ];
  return table(head, rows);
}

function library({ library: all }: Figures): string {
  if (all === undefined) return '';
  const rows = all.map(({ bytes, outstanding, rate, p50, p99 }) => [
    String(bytes),
    String(outstanding),
    whole(rate),
    p50.toFixed(2),
    p99.toFixed(2),
  ]);
  return table(['library, bytes', 'outstanding', 'a second', 'p50 ms', 'p99 ms'], rows);
}

function others(figures: Figures): string {
  const { log, failover, restart, million, watched, soak } = figures;
  const rows: string[][] = [];
  if (log) {
    rows.push([
      'log store, batches of 128',
      `${whole(log.store)} entries a second, raw file ${whole(log.raw)}`,
    ]);
  }
  for (const system of ['quorate', 'etcd'] as const) {
    const took = failover?.[system] ?? [];
    if (took.length === 0) continue;
    rows.push([
      `failover, ${system}`,
      `p50 ${whole(median(took))} ms, p99 ${whole(quantile(took, 0.99))} ms of ${took.length}`,
    ]);
  }
  if (restart) rows.push([`restart, ${restart.entries} entries`, `${whole(restart.ms)} ms`]);
  if (million) {
    rows.push(
      [
        `${million.keys} keys, filling`,
        `${whole(million.fillRate)} a second, then ${megabytes(million.rssBytes)}`,
      ],
      [
        'their snapshot',
        `${whole(million.snapshotMs)} ms, ${megabytes(million.snapshotBytes)}, longest pause ${million.pauseMs.toFixed(1)} ms`,
      ],
      [
        'its install on a new node',
        `${whole(million.installMs)} ms, ${million.installMBps.toFixed(0)} MB/s`,
      ],
    );
  }
  if (watched) {
    const shares = watched.map(({ share }) => `${(share * 100).toFixed(0)} %`);
    rows.push(['writes, dashboard open', `${shares.join(', ')} of closed`]);
  }
  if (soak) {
    const [first, last] = [soak.slices[0], soak.slices.at(-1)];
    rows.push([
      'soak',
      `${megabytes(first?.rssBytes ?? NaN)} at first, ${megabytes(last?.rssBytes ?? NaN)} at last`,
    ]);
  }
  return rows.length === 0 ? '' : table(['measured', ''], rows);
}

function sizes({ sizes: all }: Figures): string {
  if (all === undefined) return '';
  const rows = all.map(({ system, nodes, writes }) => [
    String(nodes),
    system,
    whole(writes.rate),
    writes.p50.toFixed(2),
    writes.p99.toFixed(2),
  ]);
  return table(['nodes', 'system', 'writes a second', 'p50 ms', 'p99 ms'], rows);
}

function verdicts(figures: Figures): string {
  const all = bars(figures);
  if (all.length === 0) return '';
  const rows = all.map(({ what, bar, measured, passed }) => [
    passed ? 'passed' : 'MISSED',
    what,
    bar,
    measured,
  ]);
  return table(['', 'what', 'bar', 'measured'], rows);
}

const whole = (number: number): string => String(Math.round(number));
const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
