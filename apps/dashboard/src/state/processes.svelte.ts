import type { ProcessAction } from '@quorate/contract';
import { actOn } from '../api/supervisor-api.js';
import { type Problem, problemOf } from '../core/failure.js';

/** Acts on processes that are under way, and the last that failed, for each node. */
export class Processes {
  #pending = $state.raw<Readonly<Record<string, ProcessAction>>>({});
  #problems = $state.raw<Readonly<Record<string, Problem>>>({});

  pending(id: string): ProcessAction | null {
    return this.#pending[id] ?? null;
  }

  /** Why the last act on this node failed; null when it did not. */
  problem(id: string): Problem | null {
    return this.#problems[id] ?? null;
  }

  /** One act at a time on each node; another meanwhile is ignored. */
  async perform(id: string, action: ProcessAction): Promise<void> {
    if (this.#pending[id]) return;
    this.#pending = { ...this.#pending, [id]: action };
    this.#problems = without(this.#problems, id);
    try {
      await actOn(id, action);
    } catch (error) {
      this.#problems = { ...this.#problems, [id]: problemOf(error, 'change') };
    } finally {
      this.#pending = without(this.#pending, id);
    }
  }
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
