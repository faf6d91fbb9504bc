import { test } from 'vitest';
import { simulate, formatReport } from './index.js';
test('try', () => {
  const from = Number(process.env.SIM_FROM ?? 1);
  const n = Number(process.env.SIM_SEEDS ?? 5);
  const sizes = [3, 5, 4, 3, 5, 2, 1];
  const t = performance.now();
  const verdicts: Record<string, number> = {};
  let steps = 0;
  const list =
    process.env.LIST?.split(' ').map(Number) ?? Array.from({ length: n }, (_, i) => from + i);
  for (const seed of list) {
    const t0 = performance.now();
    const r = simulate({ seed, nodes: sizes[seed % sizes.length]! });
    const k = r.violation ? r.violation.rule.name : r.uncounted ? 'uncounted' : 'passed';
    verdicts[k] = (verdicts[k] ?? 0) + 1;
    steps += r.counts.steps;
    if (r.violation)
      console.log(
        process.env.SHORT
          ? `${seed} ${r.violation.rule.name}: ${r.violation.detail}`
          : formatReport(r),
      );
    else if (process.env.V)
      console.log(formatReport(r), Math.round(performance.now() - t0) + ' ms');
    else if (r.uncounted) console.log(seed, r.uncounted);
  }
  console.log(verdicts, steps, Math.round(performance.now() - t));
}, 3600000);
