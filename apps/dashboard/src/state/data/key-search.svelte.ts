import type { KeySearch as Found } from '@quorate/contract';
import { searchKeys } from '../../api/kv-api.js';
import { type Problem, problemOf } from '../../core/failure.js';
import { TreeRows } from '../../core/data/tree-rows.js';
import type { Source } from './key-browser.svelte.js';

/** Keys that a search finds before it asks whether to go on. */
const hitsAtOnce = 500;

/** A search for keys with a text in them: request after request, each of which looks at a part. */
export class KeySearch {
  #items = $state.raw<Found['items']>([]);
  #next = $state.raw<string | null>(null);
  #state = $state<'searching' | 'paused' | 'done' | 'failed'>('done');
  #problem = $state.raw<Problem | null>(null);
  readonly rows = $derived(TreeRows.found(this.#items));
  #turn = 0;
  #asked: { readonly source: Source; readonly text: string } | null = null;

  get state() {
    return this.#state;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Behind which key it goes on: how far it has come. */
  get reached(): string | null {
    return this.#next;
  }

  find(source: Source, text: string): void {
    this.#asked = { source, text };
    this.#items = [];
    this.#next = null;
    void this.#search(hitsAtOnce);
  }

  /** Goes on behind what was found, or where it failed. */
  more(): void {
    if (this.#state === 'searching') return;
    void this.#search(this.#items.length + hitsAtOnce);
  }

  stop(): void {
    this.#turn += 1;
    if (this.#state === 'searching') this.#state = 'paused';
  }

  async #search(enough: number): Promise<void> {
    if (this.#asked === null) return;
    const { source, text } = this.#asked;
    const { address, consistency } = source;
    this.#turn += 1;
    const turn = this.#turn;
    this.#state = 'searching';
    this.#problem = null;
    try {
      do {
        const limit = Math.min(hitsAtOnce, enough - this.#items.length);
        const operation = { verb: 'search', prefix: '', text, after: this.#next, limit } as const;
        const { items, next } = await searchKeys(address, { ...operation, consistency });
        if (turn !== this.#turn) return;
        this.#items = [...this.#items, ...items];
        this.#next = next;
      } while (this.#next !== null && this.#items.length < enough);
      this.#state = this.#next === null ? 'done' : 'paused';
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#state = 'failed';
      this.#problem = problemOf(error, 'read');
    }
  }
}
