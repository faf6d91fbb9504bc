import type { Span } from '../recording/kept-record.js';
import type { Timeline } from './timeline.js';

/** A stretch of time in which one node led, or nobody did. */
export interface Reign extends Span {
  readonly term: number;
  /** null while nobody leads. */
  readonly leader: string | null;
}

/** Who led when, without overlaps: of two that call themselves leader the higher term counts. */
export function reignsOf({ tenures, elections }: Timeline, span: Span): Reign[] {
  const reigns: Reign[] = [];
  const leaderless = (from: number, to: number, known: number): void => {
    if (from >= to) return;
    const stood = elections.filter(({ t }) => t < to).map(({ term }) => term);
    reigns.push({ from, to, leader: null, term: Math.max(known, ...stood) });
  };
  // A leader that was cut off goes on until it learns better.
  const inTurn = tenures.filter(
    (tenure, at) => !tenures.slice(0, at).some(({ term }) => term > tenure.term),
  );
  inTurn.forEach((tenure, at) => {
    const next = inTurn[at + 1]?.from ?? span.to;
    const to = Math.max(tenure.from, Math.min(tenure.to ?? Infinity, next));
    reigns.push({ from: tenure.from, to, term: tenure.term, leader: tenure.node });
    leaderless(to, next, tenure.term);
  });
  return reigns
    .filter(({ from, to }) => to >= span.from && from <= span.to)
    .map((reign) => ({
      ...reign,
      from: Math.max(reign.from, span.from),
      to: Math.min(reign.to, span.to),
    }));
}
