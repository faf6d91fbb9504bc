import { stripVTControlCharacters } from 'node:util';

/** What runners say at their end; nx may put the name of a project before it. */
const summaries = [
  // Vitest: `Tests  1 failed | 5 passed (6)`
  /\bTests {2}(?<counts>.*) \(\d+\)$/,
  // Playwright: `7 passed (30.1s)`
  /^\s*(?:@\S+\s)?\s*(?<counts>\d+ (?:passed|failed))(?: \(\S+\))?$/,
];
/** Node's own: `ℹ pass 5` */
const nodeSummary = /^ℹ (?<what>pass|fail) (?<number>\d+)$/;

/** Adds up tests. */
export class Tally {
  passed = 0;
  failed = 0;

  add({ passed, failed }) {
    this.passed += passed;
    this.failed += failed;
  }

  /** Takes a line of a runner's output. */
  read(line) {
    const text = stripVTControlCharacters(line).trimEnd();
    for (const summary of summaries) {
      const counts = summary.exec(text)?.groups.counts ?? '';
      for (const [, number, what] of counts.matchAll(/(\d+) (passed|failed)/g)) {
        this[what] += Number(number);
      }
    }
    const { what, number } = nodeSummary.exec(text)?.groups ?? {};
    if (what) this[`${what}ed`] += Number(number);
  }
}
