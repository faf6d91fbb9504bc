import { availableParallelism } from 'node:os';
import { formatReport } from '../report.js';
import { simulate } from '../simulate.js';
import { help, nodesOf, type Options, readOptions, UsageError } from './options.js';
import { huntAll } from './planted.js';
import { runSeeds } from './seeds.js';
import { Workers } from './workers.js';

const wholeStory = 10_000_000;

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, availableParallelism());
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  if (options.trace) return trace(options);
  const workers = new Workers(options.workers);
  try {
    return options.planted ? await huntAll(workers) : await runSeeds(workers, options);
  } finally {
    await workers.close();
  }
}

/** Replays one run, and tells all of it. */
async function trace({ from: seed, nodes, steps }: Options): Promise<number> {
  const bounds = steps === undefined ? {} : { steps };
  const size = nodesOf(seed, nodes);
  const report = await simulate({ seed, nodes: size, ...bounds, storyLines: wholeStory });
  for (const line of report.story) process.stdout.write(`${line}\n`);
  const violation = report.violation === null ? null : { ...report.violation, story: [] };
  process.stdout.write(`${formatReport({ ...report, violation })}\n`);
  return violation === null ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message} --help shows all options.\n`);
  process.exitCode = 2;
}
