/** Entries of one term that stand behind each other: first and last index, and the term. */
export type Run = readonly [from: number, to: number, term: number];

/** The log after a write: what is written replaces what stood there, and all behind it (paper §5.3). */
export function afterWrite(runs: readonly Run[], written: readonly Run[]): readonly Run[] {
  const first = written[0];
  if (!first) return runs;
  const kept = cutBehind(runs, first[0] - 1);
  const last = kept.at(-1);
  if (last?.[1] !== first[0] - 1 || last[2] !== first[2]) return [...kept, ...written];
  return [...kept.slice(0, -1), [last[0], first[1], last[2]], ...written.slice(1)];
}

/** The log without what stands behind an index. */
export function cutBehind(runs: readonly Run[], index: number): readonly Run[] {
  const last = runs.at(-1);
  if (!last || last[1] <= index) return runs;
  return runs
    .filter(([from]) => from <= index)
    .map((run) => (run[1] <= index ? run : [run[0], index, run[2]]));
}

/** The run that an index is in; null where nobody has told what stands there. */
export function runAt(runs: readonly Run[], index: number): Run | null {
  // Who asks mostly asks about the end.
  for (let at = runs.length - 1; at >= 0; at--) {
    const run = runs[at];
    if (!run || run[1] < index) return null;
    if (run[0] <= index) return run;
  }
  return null;
}
