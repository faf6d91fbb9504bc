import type { Place } from '../../core/writes/life.js';
import { integer } from '../../core/words.js';

/** The life of a write, in the order in which it goes. */
export const write = {
  title: 'The life of this write',
  requested: 'requested',
  toAccept: 'not accepted yet',
  accepted: ({ index, term }: Place) => `accepted at ${integer(index)}, term ${term}`,
  toCommit: 'not committed yet',
  committed: 'committed',
  applied: (some: number, all: number) => `applied on ${some} of ${all}`,
};
