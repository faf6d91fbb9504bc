import type { Input } from '../../core/input.js';
import type { CoreOptions } from '../../core/options.js';
import { reachedByMajority } from '../../core/quorum.js';
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

/** What a majority of these has, the leader's own disk counted. */
export function reached({ leadership, disk }: RaftState, counts: (id: string) => boolean): number {
  const peers = [...(leadership?.progress.values() ?? [])].filter(({ id }) => counts(id));
  return leadership === null
    ? 0
    : reachedByMajority([disk.durableIndex, ...peers.map((p) => p.match)]);
}
