import type { NodeId } from '../../core/entry.js';
import type { Span } from '../time/random.js';

/** How messages travel. Each draws its own delay, so they overtake each other. */
export interface Conditions {
  readonly delayMs: Span;
  readonly lossChance: number;
  /** Messages that arrive twice. Never a client's write: a connection brings that once or not at all. */
  readonly duplicateChance: number;
  /** Messages that are much later than others. */
  readonly lateChance: number;
  readonly lateMs: Span;
  /** Messages of which a byte changes on the way. */
  readonly noiseChance: number;
}

export const calm: Conditions = {
  delayMs: [0.2, 2],
  lossChance: 0,
  duplicateChance: 0,
  lateChance: 0,
  lateMs: [0, 0],
  noiseChance: 0,
};

/** Something that messages do not pass. */
export interface Barrier {
  /** What it does with them: they are lost, or wait until it is gone. */
  readonly mode: 'cut' | 'clogged';
  blocks(from: NodeId, to: NodeId): boolean;
}
