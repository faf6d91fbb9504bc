import type { ProcessAction } from '@quorate/contract';
import { forceElection, takeSnapshot } from '../api/node-api.js';
import type { Address } from '../api/node-streams.js';
import { actOn, forgetNode } from '../api/supervisor-api.js';
import { noAddress, type Problem, problemOf } from '../core/failure.js';

/** What a node, or the supervisor for its process, can be asked to do. */
export type NodeAct = ProcessAction | 'forget' | 'election' | 'snapshot';

/** Acts on nodes that are under way, and the last that failed, for each node. */
export class NodeActs {
  #pending = $state.raw<Readonly<Record<string, NodeAct>>>({});
  #problems = $state.raw<Readonly<Record<string, Problem>>>({});

  constructor(readonly addressOf: (id: string) => Address | null) {}

  pending(id: string): NodeAct | null {
    return this.#pending[id] ?? null;
  }

  /** Why the last act on this node failed; null when it did not. */
  problem(id: string): Problem | null {
    return this.#problems[id] ?? null;
  }

  /** One act at a time on each node; another meanwhile is ignored. */
  async perform(id: string, act: NodeAct): Promise<void> {
    if (this.#pending[id]) return;
    this.#pending = { ...this.#pending, [id]: act };
    this.#problems = without(this.#problems, id);
    try {
      await this.#ask(id, act);
    } catch (error) {
      this.#problems = { ...this.#problems, [id]: problemOf(error, 'change') };
    } finally {
      this.#pending = without(this.#pending, id);
    }
  }

  async #ask(id: string, act: NodeAct): Promise<void> {
    if (act === 'forget') return forgetNode(id);
    if (act !== 'election' && act !== 'snapshot') return actOn(id, act);
    const node = this.addressOf(id);
    if (!node) throw noAddress(id);
    await (act === 'election' ? forceElection(node) : takeSnapshot(node));
  }
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
