import { committedBetween } from '../history/commit-rates.js';
import type { History } from '../history/history.js';
import type { NodeHistory } from '../history/node-history.js';
import type { Span } from '../recording/kept-record.js';
import type { FaultSpan } from './faults.js';
import type { Turn } from './lives.js';
import { type Reign, reignsOf } from './reigns.js';
import { timelineOf } from './timeline.js';

/** Something that happened at one moment, as a sign on the tape. */
export interface Mark {
  readonly t: number;
  readonly kind: 'won' | 'election' | 'membership' | 'gap' | Turn['what'];
  readonly node: string;
  /** Of an election. */
  readonly term: number | null;
}

/** What the scrubber shows of a span of time. */
export interface Tape {
  readonly span: Span;
  readonly reigns: readonly Reign[];
  readonly marks: readonly Mark[];
  readonly faults: readonly FaultSpan[];
  /** Entries committed in each of equal parts of the span. */
  readonly writes: readonly number[];
  /** Parts in which no node was heard. */
  readonly unheard: readonly Span[];
}

/** Older frames are kept one in ten seconds, and no node is silent for less than two, ms. */
const keptEveryMs = 10_000;
const silentAfterMs = 2_000;
const thinnedAfterMs = 2 * 3_600_000;

/** @param parts how finely writes and silence are told */
export function tapeOf(history: History, span: Span, parts: number): Tape {
  const timeline = timelineOf(history);
  const nodes = [...history.nodes.values()];
  const step = (span.to - span.from) / parts;
  const times = Array.from({ length: parts + 1 }, (_, at) => span.from + at * step);
  return {
    span,
    reigns: reignsOf(timeline, span),
    marks: marksOf(history).filter(({ t }) => t >= span.from && t <= span.to),
    faults: timeline.faults.filter(
      ({ from, to }) => from <= span.to && (to ?? Infinity) >= span.from,
    ),
    writes: committedBetween(nodes, times),
    unheard: joined(
      times.slice(1).flatMap((to, at) => {
        const from = times[at] ?? to;
        return isHeard(nodes, from, to) ? [] : [{ from, to }];
      }),
    ),
  };
}

function marksOf(history: History): Mark[] {
  const { elections, memberships, turns } = timelineOf(history);
  return [
    ...elections.map(({ t, until, outcome, candidate, term }): Mark => {
      return outcome === 'won'
        ? { t: until ?? t, kind: 'won', node: candidate, term }
        : { t, kind: 'election', node: candidate, term };
    }),
    ...memberships.map(({ t, node }): Mark => ({ t, kind: 'membership', node, term: null })),
    ...turns.map(({ t, node, what }): Mark => ({ t, kind: what, node, term: null })),
    ...history.events.nodes.flatMap((node) =>
      history.events
        .of(node)
        .entries.all()
        .filter(({ kind }) => kind === 'gap')
        .map(({ t }): Mark => ({ t, kind: 'gap', node, term: null })),
    ),
  ];
}

function isHeard(nodes: readonly NodeHistory[], from: number, to: number): boolean {
  return nodes.some(({ frames }) => {
    const last = frames.at(to);
    if (!last) return false;
    const thinned = (frames.last?.t ?? to) - to > thinnedAfterMs;
    return last.t > from - (thinned ? keptEveryMs : silentAfterMs);
  });
}

/** What touches becomes one. */
function joined(spans: readonly Span[]): Span[] {
  return spans.reduce<Span[]>((all, span) => {
    const last = all.at(-1);
    if (last?.to !== span.from) return [...all, span];
    return [...all.slice(0, -1), { from: last.from, to: span.to }];
  }, []);
}
