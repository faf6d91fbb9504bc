import { readKey } from '../../api/kv-api.js';
import { type Problem, problemOf } from '../../core/failure.js';
import type { KeyChange } from '../../core/data/branch.js';
import type { Found } from '../../core/keys/kv-exchange.js';
import type { Source } from './key-browser.svelte.js';

/** What a node answered about a key, and when. */
export interface Answer {
  /** null when there is no such key. */
  readonly found: Found | null;
  readonly source: Source;
  readonly tookMs: number;
}

/** The key that somebody looks at. The last answer stays until there is another. */
export class OpenKey {
  #answer = $state.raw<Answer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #isReading = $state(false);
  /** The latest change that was told and is newer than the answer. */
  #change = $state.raw<KeyChange | null>(null);
  #turn = 0;

  constructor(readonly key: string) {}

  get answer(): Answer | null {
    return this.#answer;
  }

  get found(): Found | null {
    return this.#answer?.found ?? null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get isReading(): boolean {
    return this.#isReading;
  }

  get change(): KeyChange | null {
    return this.#change;
  }

  /** Of two reads that overlap the later asked one counts. */
  async read(source: Source): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#isReading = true;
    const start = performance.now();
    try {
      const { consistency } = source;
      const found = await readKey(source.address, { verb: 'get', key: this.key, consistency });
      if (turn !== this.#turn) return;
      this.#answer = { found, source, tookMs: performance.now() - start };
      this.#problem = null;
      if ((found?.index ?? Infinity) >= (this.#change?.index ?? 0)) this.#change = null;
    } catch (error) {
      if (turn === this.#turn) this.#problem = problemOf(error, 'read');
    }
    if (turn === this.#turn) this.#isReading = false;
  }

  /** Keeps a change of this key that is news. */
  told(change: KeyChange): void {
    if (change.key === this.key && change.index > (this.found?.index ?? 0)) this.#change = change;
  }
}
