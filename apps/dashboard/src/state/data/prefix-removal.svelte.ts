import type { Consistency } from '@quorate/contract';
import { countKeys, removePrefix, searchKeys } from '../../api/kv-api.js';
import type { Address } from '../../api/node-streams.js';
import { type Problem, problemOf } from '../../core/failure.js';

/** Keys shown before they are removed. */
const sampleSize = 8;
/** More keys than this are removed only when their number was typed. */
export const typedAbove = 100;

/** What would be removed: counted before anything is. */
export interface Extent {
  readonly keys: number;
  readonly sample: readonly string[];
}

/** Removes all keys of a prefix, some thousand at a time, and can be stopped between. */
export class PrefixRemoval {
  #extent = $state.raw<Extent | null>(null);
  #removed = $state(0);
  #state = $state<'counting' | 'ready' | 'removing' | 'stopped' | 'done' | 'failed'>('counting');
  #problem = $state.raw<Problem | null>(null);

  constructor(
    readonly prefix: string,
    private readonly address: Address,
  ) {}

  get extent(): Extent | null {
    return this.#extent;
  }

  /** How many are gone already. */
  get removed(): number {
    return this.#removed;
  }

  get state() {
    return this.#state;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async count(consistency: Consistency): Promise<void> {
    const { prefix, address } = this;
    this.#state = 'counting';
    this.#problem = null;
    try {
      const page = { prefix, text: '', after: null, limit: sampleSize } as const;
      const [keys, { items }] = await Promise.all([
        countKeys(address, { verb: 'count', prefix, consistency }),
        searchKeys(address, { verb: 'search', ...page, consistency }),
      ]);
      this.#extent = { keys, sample: items.map((item) => item.key) };
      this.#state = 'ready';
    } catch (error) {
      this.#problem = problemOf(error, 'read');
      this.#state = 'failed';
    }
  }

  async run(): Promise<void> {
    const { prefix, address } = this;
    this.#state = 'removing';
    try {
      for (let more = true; more && this.#isRunning();) {
        const answer = await removePrefix(address, { verb: 'remove-prefix', prefix });
        this.#removed += answer.removed;
        more = answer.more;
        if (!more) this.#state = 'done';
      }
    } catch (error) {
      this.#problem = problemOf(error, 'change');
      this.#state = 'failed';
    }
  }

  /** What is under way is still done; nothing more is asked for. */
  stop(): void {
    if (this.#state === 'removing') this.#state = 'stopped';
  }

  #isRunning(): boolean {
    return this.#state === 'removing';
  }
}
