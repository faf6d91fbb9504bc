import { fingerprintOf, type KeptResult } from './kept-result.js';
import type { Proposed } from '../calls/call.js';
import type { SessionRules } from './session-rules.js';

/** A key, never changed: a snapshot holds on to it while the node goes on. */
export interface KeyedResult<Result> extends KeptResult<Result> {
  readonly key: string;
  /** Cluster time. */
  readonly since: number;
}

/** The results of commands that came with a key of their own, oldest first. */
export class KeyedResults<Result> {
  private readonly byKey: Map<string, KeyedResult<Result>>;

  constructor(results: readonly KeyedResult<Result>[] = []) {
    this.byKey = new Map(results.map((result) => [result.key, result]));
  }

  get size(): number {
    return this.byKey.size;
  }

  /** What became of the first command under this key; null when there was none. */
  earlierTry(key: string, command: Uint8Array): Proposed<Result> | 'key-reused' | null {
    const earlier = this.byKey.get(key);
    if (earlier === undefined) return null;
    return earlier.fingerprint === fingerprintOf(command) ? earlier.answer : 'key-reused';
  }

  keep(key: string, command: Uint8Array, answer: Proposed<Result>, since: number): void {
    this.byKey.set(key, { key, since, fingerprint: fingerprintOf(command), answer });
  }

  /** Forgets what is too old or too much. Cluster time never falls, so the oldest are in front. */
  forget(clusterTime: number, { maxKeys, keyTtlMs }: SessionRules): void {
    for (const { key, since } of this.byKey.values()) {
      if (this.byKey.size <= maxKeys && clusterTime - since < keyTtlMs) return;
      this.byKey.delete(key);
    }
  }

  all(): readonly KeyedResult<Result>[] {
    return [...this.byKey.values()];
  }
}
