import type { History } from '../history/history.js';
import type { Tenure } from './tenures.js';
import type { Timeline } from './timeline.js';

/** From the loss of one leader to the first entry that the next one committed. */
export interface Failover {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly term: number;
  /** When the old leader ended, page time. */
  readonly t: number;
  /** Whether leadership was handed over on purpose. */
  readonly planned: boolean;
  /** Until somebody stood; null when the old one ended only after that, as in a partition. */
  readonly detectionMs: number | null;
  /** From then to the election of the next one. */
  readonly electionMs: number | null;
  /** From the election to its first commit; null while nobody has seen one. */
  readonly commitMs: number | null;
  /** null unless every part of it is known. */
  readonly totalMs: number | null;
}

/** A new leader that committed nothing in this time is not waited for, ms. */
const commitWithinMs = 10_000;

/** Each change of leader, oldest first. */
export function failoversOf(history: History, { tenures, elections }: Timeline): Failover[] {
  return tenures.slice(1).flatMap((next, at): Failover[] => {
    const last = tenures[at];
    if (!last || next.term <= last.term) return [];
    const stood = elections.filter(({ t }) => t > last.from && t <= next.from);
    const won = stood.find(
      ({ candidate, outcome }) => candidate === next.node && outcome === 'won',
    );
    const detectedAt = stood.find(({ t }) => last.to === null || t >= last.to)?.t ?? null;
    const stoodAt = stood[0]?.t ?? next.from;
    const lostAt = Math.min(last.to ?? stoodAt, next.from);
    const committedAt = firstCommit(history, next);
    const detectionMs = last.to !== null && detectedAt !== null ? detectedAt - lostAt : null;
    return [
      {
        key: next.key,
        from: last.node,
        to: next.node,
        term: next.term,
        t: lostAt,
        planned: won?.cause === 'transfer',
        detectionMs,
        electionMs: next.from - (detectedAt ?? stoodAt),
        commitMs: committedAt === null ? null : committedAt - next.from,
        totalMs: committedAt === null || detectionMs === null ? null : committedAt - lostAt,
      },
    ];
  });
}

/**
 * A leader counts replicas for entries of its own term alone (paper §5.4.2), so the first advance of
 * its commit index is its first commit.
 */
function firstCommit(history: History, { node, from }: Tenure): number | null {
  const { frames, trace } = history.of(node);
  const before = frames.at(from)?.frame.status.commitIndex;
  if (before === undefined) return null;
  const until = from + commitWithinMs;
  const mark = trace
    .between(from, until)
    .find(({ record }) => record.kind === 'mark' && record.commit > before);
  const frame = frames.between(from, until).find(({ frame }) => frame.status.commitIndex > before);
  const times = [mark, frame].flatMap((one) => (one ? [one.t] : []));
  return times.length === 0 ? null : Math.min(...times);
}
