import type { Limits, Timing } from '../../core/options.js';
import type { Journal } from '../journal.js';
import type { Oracles } from '../oracles/oracles.js';
import type { Product } from '../product.js';
import type { Random, Span } from '../time/random.js';
import type { Timeline } from '../time/timeline.js';
import type { Weather } from '../weather.js';
import type { Air } from './air.js';
import type { Network } from './network.js';

/** What all nodes of one run share. */
export interface World {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly journal: Journal;
  readonly air: Air;
  readonly network: Network;
  readonly oracles: Oracles;
  readonly timing: Timing;
  readonly elections: Weather['elections'];
  readonly limits: Limits;
  readonly leaseReads: boolean;
  readonly diskMs: Span;
  /** Small, so that there are many. */
  readonly segmentBytes: number;
  readonly product: Product;
}
