import type { NodeHistory, TimedTrace } from '../history/node-history.js';

/** When a node had an entry, page time; null for what it has not, or what nobody saw. */
export interface EntryTimes {
  readonly id: string;
  readonly appended: number | null;
  readonly durable: number | null;
  readonly committed: number | null;
  readonly applied: number | null;
}

/**
 * When a node came to have an entry of a term, up to a time.
 * @param term of the entry that is meant: another one may have stood at its place before
 */
export function entryTimes(node: NodeHistory, index: number, term: number, t: number): EntryTimes {
  const records = node.trace.all();
  const until = node.trace.countUntil(t);
  const appendedAt = lastWrite(records, until, index, term);
  const from = appendedAt ?? 0;
  const reached = (mark: 'durable' | 'commit' | 'applied'): number | null => {
    // The first mark that is known may be long behind what it tells.
    let before = appendedAt !== null;
    for (let at = from; at < until; at++) {
      const timed = records[at];
      if (timed?.record.kind !== 'mark') continue;
      if (timed.record[mark] >= index) return before ? timed.t : null;
      before = true;
    }
    return null;
  };
  return {
    id: node.id,
    appended: appendedAt === null ? null : (records[appendedAt]?.t ?? null),
    durable: reached('durable'),
    committed: reached('commit'),
    applied: reached('applied'),
  };
}

/** Where in the trace the entry was written for the last time; null where nobody saw it. */
function lastWrite(
  records: readonly TimedTrace[],
  until: number,
  index: number,
  term: number,
): number | null {
  for (let at = until - 1; at >= 0; at--) {
    const record = records[at]?.record;
    if (record?.kind !== 'log') continue;
    const wrote = record.runs.some(([from, to, of]) => from <= index && index <= to && of === term);
    // A log told whole was written long before.
    if (wrote) return record.whole ? null : at;
  }
  return null;
}
