import { formatReport, type SimulationReport } from '../report.js';
import { nodesOf, type Options } from './options.js';
import { Tally } from './tally.js';
import type { Workers } from './workers.js';

const betweenProgressMs = 1000;

/** Runs many seeds, and says what came of them. @returns the exit code */
export async function runSeeds(workers: Workers, options: Options): Promise<number> {
  const tally = new Tally();
  const timer = setInterval(() => say(tally.progress(options.seeds)), betweenProgressMs);
  try {
    await workers.run(jobs(options), (_, report) => {
      tally.add(report);
      if (report.violation !== null) say(tellViolation(report, options));
      return 'go on';
    });
  } finally {
    clearInterval(timer);
  }
  for (const { seed, uncounted } of tally.uncounted) {
    say(`seed ${seed} does not count: ${uncounted}`);
  }
  say(tally.summary());
  for (const report of tally.violations) say(`again: ${again(report, options)}`);
  return tally.violations.length === 0 ? 0 : 1;
}

function* jobs({ seeds, from, nodes, steps }: Options) {
  for (let seed = from; seed < from + seeds; seed++) {
    const run = { seed, nodes: nodesOf(seed, nodes) };
    yield { type: 'seed', run: steps === undefined ? run : { ...run, steps } } as const;
  }
}

function tellViolation(report: SimulationReport, options: Options): string {
  return `\n${formatReport(report)}\nagain: ${again(report, options)}\n`;
}

/** The command that repeats a run to the letter. */
function again({ seed, nodes }: SimulationReport, { steps }: Options): string {
  const bound = steps === undefined ? '' : ` --steps ${steps}`;
  return `npm run sim -- --seed ${seed} --nodes ${nodes}${bound} --trace`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
