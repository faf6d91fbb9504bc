import { allPlanted } from '../planted/all.js';
import { simulatePlanted } from '../planted/hunt.js';
import type { SimulationReport } from '../report.js';
import { simulate, type SimulationOptions } from '../simulate.js';

/** One run for a worker thread. */
export type Job =
  | { readonly type: 'seed'; readonly run: SimulationOptions }
  | { readonly type: 'planted'; readonly seed: number; readonly name: string };

export async function runJob(job: Job): Promise<SimulationReport> {
  if (job.type === 'seed') {
    return simulate(job.run);
  }
  const planted = allPlanted.find(({ name }) => name === job.name);
  if (planted === undefined) throw new RangeError(`no planted fault ${job.name}`);
  return simulatePlanted(planted, job.seed);
}
