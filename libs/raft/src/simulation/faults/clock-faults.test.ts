import { expect, test } from 'vitest';
import { Random } from '../time/random.js';
import { Timeline } from '../time/timeline.js';
import { Life } from '../world/life.js';
import { clockJump, sleep } from './clock-faults.js';
import type { Stage } from './fault.js';

test('nobody sets the wall clock of a machine that sleeps; awake, somebody may', () => {
  const life = new Life(new Timeline());
  const node = { life, pause: () => life.pause(), resume: () => life.resume() };
  const cluster = { nodes: [node], leader: () => undefined, node: () => undefined };
  const stage = { cluster, random: new Random(1) } as unknown as Stage;

  const wake = sleep.strike(stage);
  const { wall } = life;
  expect(clockJump.strike(stage)).toBeNull();
  expect(life.wall).toBe(wall);
  wake?.();
  expect(clockJump.strike(stage)).not.toBeNull();
  expect(life.wall).not.toBe(wall);
});
