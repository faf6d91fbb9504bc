import type { Figures, HttpFigure } from '../figures.js';
import type { Outcome } from '../load/generator.js';
import type { Mix } from '../measures/http.js';
import { median, quantile } from '../stats.js';

/** What was promised, what was measured, and whether that is enough. */
export interface Bar {
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  readonly passed: boolean;
}

/** The bars of those parts that were measured. */
export function bars(figures: Figures): Bar[] {
  return [
    ...againstEtcd(figures, 'writes', 'REST writes'),
    ...firstLatency(figures),
    ...againstEtcd(figures, 'reads', 'linearizable REST reads'),
    ...againstBare(figures),
    ...library(figures),
    ...log(figures),
    ...failover(figures),
    ...restart(figures),
    ...snapshot(figures),
    ...watched(figures),
    ...soaked(figures),
  ];
}

/** The middle of the rounds. */
export function middle(rounds: readonly Outcome[]): Outcome {
  return {
    rate: median(rounds.map(({ rate }) => rate)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
  };
}

function find(
  { http = [] }: Figures,
  system: HttpFigure['system'],
  mix: Mix,
  connections: number,
): Outcome | null {
  const found = http.find(
    (figure) =>
      figure.system === system && figure.mix === mix && figure.connections === connections,
  );
  return found === undefined ? null : middle(found.rounds);
}

function againstEtcd(figures: Figures, mix: Mix, what: string): Bar[] {
  return [64, 256].flatMap((connections) => {
    const ours = find(figures, 'quorate', mix, connections);
    const theirs = find(figures, 'etcd', mix, connections);
    if (ours === null || theirs === null) return [];
    const ratio = ours.rate / theirs.rate;
    return {
      what: `${what}, ${connections} connections`,
      bar: "2.0 times etcd's rate, p99 no worse",
      measured: `${ratio.toFixed(2)} times, p99 ${ours.p99.toFixed(1)} against ${theirs.p99.toFixed(1)} ms`,
      passed: ratio >= 2 && ours.p99 <= theirs.p99,
    };
  });
}

function firstLatency(figures: Figures): Bar[] {
  const ours = find(figures, 'quorate', 'writes', 1);
  const theirs = find(figures, 'etcd', 'writes', 1);
  if (ours === null || theirs === null) return [];
  return [
    {
      what: 'REST writes, 1 connection',
      bar: "p50 no worse than etcd's",
      measured: `${ours.p50.toFixed(2)} against ${theirs.p50.toFixed(2)} ms`,
      passed: ours.p50 <= theirs.p50,
    },
  ];
}

function againstBare(figures: Figures): Bar[] {
  return [64, 256].flatMap((connections) => {
    const ours = find(figures, 'quorate', 'reads', connections);
    const bare = find(figures, 'bare', 'reads', connections);
    if (ours === null || bare === null) return [];
    const share = ours.rate / bare.rate;
    return {
      what: `linearizable REST reads, ${connections} connections`,
      bar: '75 % of a bare NestJS handler',
      measured: percent(share),
      passed: share >= 0.75,
    };
  });
}

function library({ library: all = [] }: Figures): Bar[] {
  return all
    .filter(({ bytes, outstanding }) => bytes === 256 && outstanding === 1024)
    .map(({ rate }) => ({
      what: 'the library alone, 256 bytes, 1024 outstanding',
      bar: '60 000 a second',
      measured: `${Math.round(rate)} a second`,
      passed: rate >= 60_000,
    }));
}

function log({ log: measured }: Figures): Bar[] {
  if (measured === undefined) return [];
  const share = measured.store / measured.raw;
  return [
    {
      what: 'the log store alone, batches of 128',
      bar: '70 % of the raw file',
      measured: percent(share),
      passed: share >= 0.7,
    },
  ];
}

function failover({ failover: took }: Figures): Bar[] {
  if (took === undefined || took.quorate.length === 0) return [];
  const [p50, p99] = [median(took.quorate), quantile(took.quorate, 0.99)];
  return [
    {
      what: 'failover after kill -9',
      bar: 'median 150 ms, p99 600 ms',
      measured: `median ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms of ${took.quorate.length}`,
      passed: p50 <= 150 && p99 <= 600,
    },
  ];
}

function restart({ restart: measured }: Figures): Bar[] {
  if (measured === undefined) return [];
  return [
    {
      what: `restart with ${measured.entries} entries`,
      bar: '3 s to serving',
      measured: `${(measured.ms / 1000).toFixed(2)} s`,
      passed: measured.ms <= 3000,
    },
  ];
}

function snapshot({ million }: Figures): Bar[] {
  if (million === undefined) return [];
  return [
    {
      what: `snapshot of ${million.keys} keys`,
      bar: 'no pause over 20 ms',
      measured: `longest answer ${million.pauseMs.toFixed(1)} ms`,
      passed: million.pauseMs <= 20,
    },
  ];
}

function watched({ watched: pairs = [] }: Figures): Bar[] {
  if (pairs.length === 0) return [];
  const share = median(pairs.map((pair) => pair.share));
  return [
    {
      what: 'writes with the dashboard open',
      bar: '97 % of the rate with it closed',
      measured: percent(share),
      passed: share >= 0.97,
    },
  ];
}

/** Flat: the last third holds no more than a tenth above the middle third. */
function soaked({ soak }: Figures): Bar[] {
  if (soak === undefined) return [];
  const third = Math.floor(soak.slices.length / 3);
  const rss = soak.slices.map(({ rssBytes }) => rssBytes / 2 ** 20);
  const before = Math.max(...rss.slice(third, -third));
  const after = Math.max(...rss.slice(-third));
  return [
    {
      what: 'memory while overwriting at full rate',
      bar: 'flat, no false election',
      measured: `${before.toFixed(0)} MiB, then ${after.toFixed(0)} MiB; ${soak.elections} elections`,
      passed: after <= before * 1.1 && soak.elections === 0,
    },
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
