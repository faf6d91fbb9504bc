import type { KeysChanged } from '@quorate/contract';
import type { KeyWatcher, KvStateMachine } from '../kv/kv-state-machine.js';

type Change = NonNullable<KeysChanged['changes']>[number];

/** Keys named in one message. */
const MAX_CHANGES = 100;
/** At most four messages a second. */
const PAUSE_MS = 250;

/** Changes of the keys with a prefix that one page has not been told yet: the latest of each key. */
export class KeySubscription implements KeyWatcher {
  /** null when they are too many to be named. */
  #changes: Map<string, Change> | null = new Map();
  /** The first message names nothing: it says from where on changes are told. */
  #isDue = true;
  #sentAt = -Infinity;
  readonly #end: () => void;

  constructor(
    machine: KvStateMachine,
    private readonly prefix: string,
  ) {
    this.#end = machine.watch(this);
  }

  end(): void {
    this.#end();
  }

  changed(key: string, index: number, bytes: number | null): void {
    if (!key.startsWith(this.prefix)) return;
    this.#isDue = true;
    if (this.#changes === null) return;
    // The newest stand last.
    this.#changes.delete(key);
    this.#changes.set(key, { key, index, bytes });
    if (this.#changes.size > MAX_CHANGES) this.#changes = null;
  }

  replaced(): void {
    this.#isDue = true;
    this.#changes = null;
  }

  /** The message that is due at `now` (milliseconds, monotonic), or null. */
  next(now: number, appliedIndex: number): KeysChanged | null {
    if (!this.#isDue || now - this.#sentAt < PAUSE_MS) return null;
    const changes = this.#changes === null ? null : [...this.#changes.values()];
    this.#isDue = false;
    this.#sentAt = now;
    this.#changes = new Map();
    return { index: appliedIndex, changes };
  }
}
