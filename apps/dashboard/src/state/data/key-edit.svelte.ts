import { readKey } from '../../api/kv-api.js';
import { type Problem, problemOf } from '../../core/failure.js';
import { type DiffLine, diffValues } from '../../core/data/value-diff.js';
import type { Found } from '../../core/keys/kv-exchange.js';
import { textOf } from '../../core/keys/value-text.js';
import type { Source } from './key-browser.svelte.js';
import type { Writes } from './writes.svelte.js';

/** Somebody else wrote the key while it was edited here. */
export interface Conflict {
  /** What stands there now; null when the key was removed. */
  readonly theirs: Found | null;
  /** null when the two cannot be compared line by line. */
  readonly lines: readonly DiffLine[] | null;
}

/** A value that is being edited, against what was read before. */
export class KeyEdit {
  /** The text that is to be written. */
  draft = $state('');
  /** Compare and set: write only while the key is as it was read. */
  isGuarded = $state(true);
  #base: Found | null;
  #conflict = $state.raw<Conflict | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #isSaving = $state(false);

  /** The name can be chosen while the key is to be made. */
  key = $state('');
  readonly isNew: boolean;

  /** @param base what was read; null for a key that is to be made */
  constructor(
    key: string,
    base: Found | null,
    private readonly writes: Writes,
  ) {
    this.key = key;
    this.isNew = base === null;
    this.#base = base;
    this.draft = base === null ? '' : (textOf(base.value) ?? '');
  }

  get conflict(): Conflict | null {
    return this.#conflict;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get isSaving(): boolean {
    return this.#isSaving;
  }

  /** Writes the draft. @returns whether it is written */
  async save({ address }: Source): Promise<boolean> {
    this.#isSaving = true;
    this.#problem = null;
    const condition = this.isGuarded ? { index: this.#base?.index ?? null } : undefined;
    const operation = { verb: 'set', key: this.key, value: this.draft, condition } as const;
    const result = await this.writes.perform(address, operation, this.#base?.value ?? null);
    if (result.state === 'refused') await this.#compare(address);
    if (result.state === 'failed') this.#problem = result.problem;
    this.#isSaving = false;
    return result.state === 'done';
  }

  /** Writes the draft over theirs, unless theirs was written over in turn. */
  async overwrite(source: Source): Promise<boolean> {
    this.editAgain();
    this.isGuarded = true;
    return this.save(source);
  }

  /** Goes on with the own draft, knowing theirs. */
  editAgain(): void {
    if (this.#conflict === null) return;
    this.#base = this.#conflict.theirs;
    this.#conflict = null;
  }

  async #compare(address: Source['address']): Promise<void> {
    try {
      const operation = { verb: 'get', key: this.key, consistency: 'linearizable' } as const;
      const theirs = await readKey(address, operation);
      const text = theirs === null ? '' : textOf(theirs.value);
      this.#conflict = { theirs, lines: text === null ? null : diffValues(text, this.draft) };
    } catch (error) {
      this.#problem = problemOf(error, 'read');
    }
  }
}
