import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { appliedTo, holding, text } from '../test/machine.js';
import { countKeys } from './count-keys.js';

it('counts the keys of a prefix', async () => {
  const { keys } = holding(['a', 'a/1', 'a/2', 'b']);
  expect(await countKeys(keys, '')).toBe(4);
  expect(await countKeys(keys, 'a/')).toBe(2);
  expect(await countKeys(keys, 'c')).toBe(0);
});

it('counts an instant, and lets others have their turn', async () => {
  const machine = holding(Array.from({ length: 300_000 }, (_, i) => `k/${i}`));
  const count = countKeys(machine.keys.clone(), 'k/');
  let turns = 0;
  const writing = setInterval(() => {
    appliedTo(machine, { type: 'set', key: `k/new-${turns}`, value: text('') }, 1);
    turns++;
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  expect(await count).toBe(300_000);
  delay.disable();
  clearInterval(writing);
  expect(turns).toBeGreaterThan(0);
  console.info(`300,000 keys counted, longest pause ${(delay.max / 1e6).toFixed(1)} ms`);
});
