import { allPlanted } from '../planted/all.js';
import { isFound, mostSeeds } from '../planted/hunt.js';
import type { Planted } from '../planted/planted.js';
import type { SimulationReport } from '../report.js';
import type { Workers } from './workers.js';

/** Plants each fault in turn, and looks for the first seed that finds it. @returns the exit code */
export async function huntAll(workers: Workers): Promise<number> {
  const width = Math.max(...allPlanted.map(({ name }) => name.length));
  const missed: string[] = [];
  for (const planted of allPlanted) {
    const found = await hunt(workers, planted);
    if (found === null) missed.push(planted.name);
    const how =
      found === null
        ? `NOT FOUND within ${mostSeeds} seeds`
        : `seed ${String(found.seed).padStart(4)}: ${found.violation?.rule.name ?? ''}`;
    process.stdout.write(`${planted.name.padEnd(width)}  ${how}\n`);
  }
  const found = allPlanted.length - missed.length;
  process.stdout.write(`${found} of ${allPlanted.length} planted faults were found\n`);
  return missed.length === 0 ? 0 : 1;
}

/** The lowest seed of those that were tried until one found it. */
async function hunt(workers: Workers, planted: Planted): Promise<SimulationReport | null> {
  let first: SimulationReport | null = null;
  await workers.run(jobs(planted), (_, report) => {
    if (!isFound(planted, report)) return 'go on';
    if (first === null || report.seed < first.seed) first = report;
    return 'enough';
  });
  return first;
}

function* jobs({ name }: Planted) {
  for (let seed = 1; seed <= mostSeeds; seed++) yield { type: 'planted', seed, name } as const;
}
