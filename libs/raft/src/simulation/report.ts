import type { Counts } from './counts.js';
import type { Violation } from './journal.js';

/** How a run ended. Only `passed` counts as one that proved anything. */
export type Verdict = 'passed' | 'violated' | 'too-little-progress';

/** What became of one run. */
export interface SimulationReport {
  readonly seed: number;
  readonly nodes: number;
  readonly verdict: Verdict;
  readonly violation: Violation | null;
  /** Why a run that broke no rule does not count; null otherwise. */
  readonly uncounted: string | null;
  /** The virtual time that passed. */
  readonly virtualMs: number;
  readonly counts: Counts;
  /** The latest events, one line each. */
  readonly story: readonly string[];
}

/** The report in words, with the story of a violation. */
export function formatReport(report: SimulationReport): string {
  const { seed, nodes, verdict, violation, uncounted, virtualMs, counts } = report;
  const { faults, ...rest } = counts;
  const struck = Object.entries(faults).filter(([, times]) => times > 0);
  const lines = [
    `seed ${seed}, ${nodes} nodes, ${(virtualMs / 1000).toFixed(1)} virtual seconds: ${uncounted ?? verdict}`,
    Object.entries(rest).map(inWords).join(', '),
    `faults: ${struck.map(inWords).join(', ')}`,
  ];
  if (violation !== null) {
    const { rule, detail, step, at, story } = violation;
    lines.push(
      `broken at step ${step}, ${at.toFixed(3)} ms: ${rule.name} (${rule.source})`,
      detail,
      ...story,
    );
  }
  return lines.join('\n');
}

function inWords([name, value]: readonly [string, number]): string {
  return `${name} ${value}`;
}
