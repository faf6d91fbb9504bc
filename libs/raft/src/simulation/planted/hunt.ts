import { rules } from '../oracles/rules.js';
import type { SimulationReport } from '../report.js';
import { simulate } from '../simulate.js';
import type { Planted } from './planted.js';

/** A planted fault that is not found within so many seeds is a fault of the simulator. */
export const mostSeeds = 2000;

/** One run of the product with this fault in it. */
export function simulatePlanted(planted: Planted, seed: number): Promise<SimulationReport> {
  const { product, weather = {}, nodes = 3 } = planted;
  return simulate({ seed, nodes, weather, product });
}

/** Whether the run has found the fault: it broke a rule, and one that this fault breaks. */
export function isFound({ breaks }: Planted, { violation }: SimulationReport): boolean {
  return violation !== null && breaks.some((name) => rules[name].name === violation.rule.name);
}

/** The first run that finds the fault; null when none does. */
export async function hunt(planted: Planted, seeds = mostSeeds): Promise<SimulationReport | null> {
  for (let seed = 1; seed <= seeds; seed++) {
    const report = await simulatePlanted(planted, seed);
    if (isFound(planted, report)) return report;
  }
  return null;
}
