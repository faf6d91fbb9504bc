import type { FollowedWrite, Place } from '../core/writes/life.js';
import { pageTime } from './page-clock.js';

/** A write that is asked for at this moment, under a name that nobody else uses. */
export function newWrite(): FollowedWrite {
  // `randomUUID` is there only for pages that came over TLS or from this machine.
  const words = crypto.getRandomValues(new Uint32Array(3));
  return { trace: `page-${[...words].join('-')}`, askedAt: pageTime(), answered: null };
}

/** The same write, answered at this moment. */
export function answeredWrite(write: FollowedWrite, { index, term }: Place): FollowedWrite {
  return { ...write, answered: { index, term, at: pageTime() } };
}
