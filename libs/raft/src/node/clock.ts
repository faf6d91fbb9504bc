import type { Clock } from './options.js';

/** Real time; no change of the wall clock moves `now`. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  setTimer(delayMs, fire) {
    // Rounded up: a timer that fires before its time would only have to be set again.
    const timer = setTimeout(fire, Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};
