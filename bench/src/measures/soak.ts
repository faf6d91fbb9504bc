import type { QuorateCluster } from '../clusters/quorate.js';
import type { Generator } from '../load/generator.js';
import { load } from './http.js';
import { rssOf } from './million.js';

/** One slice of the soak, s. */
const sliceSeconds = 30;

/** Overwrites the same keys at full rate; memory, rate and elections after each half minute. */
export async function soak(generator: Generator, cluster: QuorateCluster, minutes: number) {
  const slices = [];
  const first = await termOf(cluster);
  for (let passed = 0; passed < minutes * 60; passed += sliceSeconds) {
    const { rate, p99, errors } = await load(generator, cluster, 'writes', 64, sliceSeconds);
    slices.push({ rate, p99, errors, rssBytes: Math.max(...cluster.pids.map(rssOf)) });
  }
  return { slices, elections: (await termOf(cluster)) - first };
}

async function termOf(cluster: QuorateCluster): Promise<number> {
  const response = await fetch(`${await cluster.leaderUrl()}/status`);
  return ((await response.json()) as { term: number }).term;
}
