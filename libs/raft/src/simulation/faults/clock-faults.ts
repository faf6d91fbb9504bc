import type { Fault } from './fault.js';
import { victim } from './node-faults.js';

/** A process's clock is too quick or too slow. */
export const clockDrift: Fault = {
  lastsMs: [500, 10_000],
  strike(stage) {
    const { life } = victim(stage);
    if (life === null) return null;
    life.drift(stage.random.between([0.95, 1.05]));
    return () => life.drift(1);
  },
};

/**
 * Somebody sets the wall clock, by little or by a day, back or forth. Not while the machine sleeps: its
 * monotonic clock stands still then, and if the other is set back too, nothing is left by which any
 * node could know that time has passed.
 */
export const clockJump: Fault = {
  lastsMs: [0, 0],
  strike(stage) {
    const { random } = stage;
    const { life } = victim(stage);
    if (life === null || life.isAsleep) return null;
    const farthestMs = random.pick([100, 1000, 60_000, 86_400_000]);
    life.setWall(random.between([-farthestMs, farthestMs]));
    return () => undefined;
  },
};

/** The machine sleeps, and with it the clock that knows of no jumps. */
export const sleep: Fault = {
  lastsMs: [50, 6000],
  strike(stage) {
    const node = victim(stage);
    const { life } = node;
    if (life?.isAwake !== true) return null;
    node.pause();
    life.drift(0);
    return () => {
      life.drift(1);
      if (node.life === life) node.resume();
    };
  },
};
