import { describe, expect, test } from 'vitest';
import type { Effects } from '../core/effects.js';
import type { Input } from '../core/input.js';
import { RaftCore } from '../core/raft-core.js';
import { formatReport, type SimulationReport, simulate } from './index.js';
import { rules } from './oracles/rules.js';

/** `SIM_SEEDS` and `SIM_FROM` widen a run, or repeat a single seed. */
const seeds = Number(process.env.SIM_SEEDS ?? 300);
const from = Number(process.env.SIM_FROM ?? 1);
const seedsPerTest = 10;

/** Of so many runs at most one may make too little progress to count. */
const runsPerUncounted = 15;

const sizes = [3, 5, 4, 3, 5, 2, 1];

function run(seed: number): Promise<SimulationReport> {
  return simulate({ seed, nodes: sizes[seed % sizes.length]! });
}

describe('under faults, and healed of them, a cluster keeps every rule', () => {
  const starts = Array.from(
    { length: Math.ceil(seeds / seedsPerTest) },
    (_, group) => from + group * seedsPerTest,
  );
  const uncounted: string[] = [];

  test.each(starts)('seeds from %i', { timeout: 120_000 }, async (start) => {
    const end = Math.min(start + seedsPerTest, from + seeds);
    for (let seed = start; seed < end; seed++) {
      const report = await run(seed);
      if (report.violation !== null) expect.fail(formatReport(report));
      if (report.uncounted !== null) uncounted.push(formatReport(report));
    }
  });

  test('and nearly every run makes enough progress to count', () => {
    expect(uncounted.length, uncounted.join('\n')).toBeLessThanOrEqual(
      Math.ceil(seeds / runsPerUncounted),
    );
  });
});

test('the same seed tells the same story, to the letter', async () => {
  const options = { seed: 11, nodes: 5, storyLines: 100_000 };
  const once = await simulate(options);
  const again = await simulate(options);
  expect(again).toEqual(once);
  expect(once.story.length).toBeGreaterThan(1000);
});

test('another seed tells another story', async () => {
  const [one, other] = [await simulate({ seed: 12 }), await simulate({ seed: 13 })];
  expect(one.story).not.toEqual(other.story);
});

test('a run in which clients got nothing done does not count', async () => {
  const { verdict, uncounted } = await simulate({ seed: 1, durationMs: 100 });
  expect(verdict).toBe('too-little-progress');
  expect(uncounted).toMatch(/0 writes were acknowledged/);
});

test('a violation tells its seed, its rule, and what led to it, a line an event', async () => {
  class GivesUp extends RaftCore {
    override step(now: number, input: Input): Effects {
      if (this.commitIndex > 30) throw new Error('had enough');
      return super.step(now, input);
    }
  }
  const report = await simulate({ seed: 5, product: { core: (options) => new GivesUp(options) } });
  expect(report.verdict).toBe('violated');
  expect(report.violation).toMatchObject({ rule: rules.nodesGoOn, step: report.counts.steps });
  expect(report.violation?.story).toHaveLength(50);
  const text = formatReport(report);
  expect(text).toMatch(/^seed 5, 3 nodes, [\d.]+ virtual seconds: violated\n/);
  expect(text).toMatch(/had enough$/);
});
