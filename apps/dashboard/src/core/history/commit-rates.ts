import type { NodeHistory } from './node-history.js';

/** Entries committed in each of the last `seconds` before `t`, oldest first; the present one is left out. */
export function commitRates(nodes: readonly NodeHistory[], t: number, seconds: number): number[] {
  const present = Math.floor(t / 1_000);
  return committedBetween(
    nodes,
    Array.from({ length: seconds + 1 }, (_, at) => (present - seconds + at) * 1_000),
  );
}

/** Entries committed from each of these times to the next one. */
export function committedBetween(
  nodes: readonly NodeHistory[],
  times: readonly number[],
): number[] {
  const committed = times.map((t) => committedBy(nodes, t));
  return committed.slice(1).map((now, at) => {
    const before = committed[at];
    // What was committed before anybody was heard happened in no second that we know.
    return now === null || before === null || before === undefined ? 0 : Math.max(0, now - before);
  });
}

/** The highest commit index that any node had told; null when none had. */
function committedBy(nodes: readonly NodeHistory[], t: number): number | null {
  return nodes.reduce<number | null>((highest, { frames }) => {
    const commit = frames.at(t)?.frame.status.commitIndex;
    return commit === undefined ? highest : Math.max(highest ?? 0, commit);
  }, null);
}
