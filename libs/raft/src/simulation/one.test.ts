import { test } from 'vitest';
import { simulate, formatReport } from './index.js';
test('one', () => {
  const r = simulate({
    seed: Number(process.env.SEED),
    nodes: Number(process.env.NODES ?? 5),
    storyLines: Number(process.env.LINES ?? 50),
  });
  console.log(formatReport(r));
}, 3600000);
