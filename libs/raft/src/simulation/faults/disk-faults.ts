import type { Fault } from './fault.js';
import { victim } from './node-faults.js';

/** Every write fails; the runner tries again until one succeeds. */
export const diskFailure: Fault = {
  lastsMs: [50, 3000],
  strike(stage, lastsMs) {
    const { disk } = victim(stage);
    disk.failingUntil = stage.cluster.world.timeline.now + lastsMs;
    return () => {
      disk.failingUntil = 0;
    };
  },
};

/** Writes hang. Those that have begun end when it ends. */
export const diskStall: Fault = {
  lastsMs: [50, 2000],
  strike(stage, lastsMs) {
    const { disk } = victim(stage);
    disk.stalledUntil = stage.cluster.world.timeline.now + lastsMs;
    return () => {
      disk.stalledUntil = 0;
    };
  },
};
