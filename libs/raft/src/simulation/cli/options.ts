import { parseArgs } from 'node:util';

export const help = `npm run sim -- [options]

Whole clusters of the real library on virtual time, disks and networks, under faults and load, watched
by oracles that know the rules of Raft. Everything follows from the seed.

  --seeds N      how many seeds to run (default 1000)
  --from N       the first seed (default 1)
  --nodes N      nodes of each cluster, or A..B: the seed chooses (default 3..7)
  --steps N      steps of all nodes together before everything is healed
                 (default: what happens in 20 virtual seconds)
  --seed N       one seed only
  --trace        with --seed: prints the run as a story, one line an event
  --planted      plants each of many known faults in turn: the oracles must find it
  --workers N    threads (default: one for each core)
  --help         this text

Exit code: 0 all well, 1 a rule was broken or a planted fault not found, 2 wrong options.
`;

export type NodeCount = readonly [least: number, most: number];

export interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly nodes: NodeCount;
  readonly steps: number | undefined;
  readonly trace: boolean;
  readonly planted: boolean;
  readonly workers: number;
  readonly help: boolean;
}

/** The command line is not understood; the message says which option. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[], cores: number): Options {
  const values = parse(args);
  const seed = integer('--seed', values.seed);
  if (values.trace === true && seed === undefined) {
    throw new UsageError('--trace tells one run: say which with --seed N.');
  }
  return {
    seeds: seed === undefined ? (integer('--seeds', values.seeds) ?? 1000) : 1,
    from: seed ?? integer('--from', values.from) ?? 1,
    nodes: nodeCount(values.nodes),
    steps: integer('--steps', values.steps),
    trace: values.trace ?? false,
    planted: values.planted ?? false,
    workers: integer('--workers', values.workers) ?? cores,
    help: values.help ?? false,
  };
}

/** So that the same seed is the same run, whichever runs beside it. */
export function nodesOf(seed: number, [least, most]: NodeCount): number {
  return least + (seed % (most - least + 1));
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string' },
        from: { type: 'string' },
        nodes: { type: 'string' },
        steps: { type: 'string' },
        seed: { type: 'string' },
        trace: { type: 'boolean' },
        planted: { type: 'boolean' },
        workers: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value < 2 ** 31) return value;
  throw new UsageError(`${option} needs a whole number above 0, not '${text}'.`);
}

function nodeCount(text = '3..7'): NodeCount {
  const match = /^([1-9])(?:\.\.([1-9]))?$/.exec(text);
  const least = Number(match?.[1]);
  const most = Number(match?.[2] ?? match?.[1]);
  if (match !== null && least <= most) return [least, most];
  throw new UsageError(
    `--nodes needs a number from 1 to 9, or a span such as 3..7, not '${text}'.`,
  );
}
