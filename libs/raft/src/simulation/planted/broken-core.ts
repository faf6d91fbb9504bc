import type { Input } from '../../core/input.js';
import type { CoreOptions } from '../../core/options.js';
import { RaftCore } from '../../core/raft-core.js';
import type { RaftState } from '../../core/raft-state.js';
import type { Product } from '../product.js';

/** An input that changes nothing. */
export const nothing: Input = { type: 'persisted', write: 0 };

/** A core whose inner state a planted fault can reach. */
export class BrokenCore extends RaftCore {
  protected get raft(): RaftState {
    return (this as unknown as { readonly state: RaftState }).state;
  }
}

/** The product, but for its core. */
export function withCore(Broken: new (options: CoreOptions) => RaftCore): Partial<Product> {
  return { core: (options) => new Broken(options) };
}
