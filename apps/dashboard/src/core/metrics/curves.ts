import type { History } from '../history/history.js';
import type { Span } from '../recording/kept-record.js';
import { quantile } from '../timeline/quantile.js';
import { type Asked, figureOf, type Measure } from './measures.js';

/** A figure of several nodes over the same times; null where it was not measured. */
export interface Curves {
  readonly times: readonly number[];
  readonly byNode: ReadonlyMap<string, readonly (number | null)[]>;
}

/** Samples come once a second, ms. */
const sampleMs = 1_000;

/** Round steps of time that part a span into at most so many. */
export function timesOf({ from, to }: Span, most: number): number[] {
  const step = Math.max(sampleMs, Math.ceil((to - from) / most / sampleMs) * sampleMs);
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
}

/** Each node's figure at each time: the latest that it told since the time before. */
export function curvesOf(
  history: History,
  measure: Measure,
  nodes: readonly string[],
  times: readonly number[],
  asked: Asked,
): Curves {
  const step = Math.max(sampleMs, (times[1] ?? 0) - (times[0] ?? 0));
  const figureAt = (node: string, t: number) =>
    measure === 'lag'
      ? lagAt(history, node, t)
      : sampledAt(history, node, t, step, (sample) => figureOf(measure, sample, asked));
  return {
    times,
    byNode: new Map(nodes.map((node) => [node, times.map((t) => figureAt(node, t))])),
  };
}

function sampledAt(
  history: History,
  node: string,
  t: number,
  step: number,
  figure: (sample: Parameters<typeof figureOf>[1]) => number | null,
): number | null {
  const found = history.nodes.get(node)?.metrics.at(t);
  // Half a sample more: they do not come exactly once a second.
  return found && t - found.t < step + sampleMs / 2 ? figure(found.sample) : null;
}

/** A node that sent no frame for so long has no lag that is known, ms. */
const heardWithinMs = 2_000;

/** How many committed entries a node did not know to be committed. */
function lagAt(history: History, node: string, t: number): number | null {
  const own = history.nodes.get(node)?.frames.at(t);
  if (!own || t - own.t > heardWithinMs) return null;
  const highest = [...history.nodes.values()].map(
    ({ frames }) => frames.at(t)?.frame.status.commitIndex ?? 0,
  );
  return Math.max(...highest) - own.frame.status.commitIndex;
}

export interface Summary {
  readonly node: string;
  readonly last: number | null;
  readonly lowest: number | null;
  readonly median: number | null;
  readonly highest: number | null;
}

/** A curve in five figures. */
export function summariesOf({ byNode }: Curves): Summary[] {
  return [...byNode].map(([node, figures]) => {
    const known = figures.filter((figure) => figure !== null);
    return {
      node,
      last: known.at(-1) ?? null,
      lowest: quantile(known, 0),
      median: quantile(known, 0.5),
      highest: quantile(known, 1),
    };
  });
}

/** All curves as CSV: a line for each time, a column for each measure and node. */
export function csvOf(all: ReadonlyMap<string, Curves>): string {
  const columns = [...all].flatMap(([name, { byNode }]) =>
    [...byNode].map(([node, figures]) => ({ name: `${name} ${node}`, figures })),
  );
  const times = [...all.values()][0]?.times ?? [];
  const head = ['time', ...columns.map(({ name }) => name)].join(',');
  const lines = times.map((t, at) =>
    [new Date(t).toISOString(), ...columns.map(({ figures }) => figures[at] ?? '')].join(','),
  );
  return `${[head, ...lines].join('\r\n')}\r\n`;
}
