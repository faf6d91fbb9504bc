import type { Command, Restoration, StateMachine } from '@quorate/raft';
import { type Condition, decodeCommand } from './kv-command.js';
import { encodeSnapshot, SnapshotReader } from './kv-snapshot.js';
import { listKeys } from './queries/list-keys.js';
import { type KeysView, noKeys } from './stored-keys.js';

/** What the proposer of a command gets: of a set or a removal the first two, of a prefix the last. */
export type KvResult = KeyChanged | ConditionMissed | PrefixCleared;

export interface KeyChanged {
  /** Whether the key was there before. */
  readonly existed: boolean;
}

/** Nothing has changed. */
export interface ConditionMissed {
  /** Index of the entry that wrote what is there; null when there is no such key. */
  readonly found: number | null;
}

export interface PrefixCleared {
  readonly removed: number;
  /** Whether keys with the prefix are left. */
  readonly more: boolean;
}

/** Somebody who is told of changes as they are applied; it must not take long, nor throw. */
export interface KeyWatcher {
  /** @param bytes of its value; null when it was removed */
  changed(key: string, index: number, bytes: number | null): void;
  /** All keys may be others now: a snapshot took their place. */
  replaced(): void;
}

/** The replicated key-value store: what every node holds after the same commands. */
export class KvStateMachine implements StateMachine<KvResult> {
  #keys = noKeys();
  readonly #watchers = new Set<KeyWatcher>();

  get size(): number {
    return this.#keys.size;
  }

  get keys(): KeysView {
    return this.#keys;
  }

  /** Returns what ends the watching. */
  watch(watcher: KeyWatcher): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  apply({ index, data }: Command): KvResult {
    const command = decodeCommand(data);
    if (command.type === 'remove-prefix') {
      return this.#removePrefix(command.prefix, command.limit, index);
    }
    const missed = this.#missed(command.key, command.condition);
    if (missed !== null) return missed;
    return command.type === 'set'
      ? this.#set(command.key, command.value, index)
      : { existed: this.#remove(command.key, index) };
  }

  /** Takes no time: the clone shares its nodes, and what is written from now on copies those it meets. */
  snapshot(): Iterable<Uint8Array> {
    const then = this.#keys.clone();
    return encodeSnapshot(then.size, then.entries());
  }

  restore(): Restoration {
    const reader = new SnapshotReader();
    const keys = noKeys();
    return {
      write: (chunk) => {
        for (const [key, stored] of reader.read(chunk)) keys.set(key, stored);
      },
      finish: () => {
        reader.finish();
        this.#keys = keys;
        for (const watcher of this.#watchers) watcher.replaced();
      },
    };
  }

  #missed(key: string, condition: Condition | undefined): ConditionMissed | null {
    if (condition === undefined) return null;
    const found = this.#keys.get(key)?.index ?? null;
    return found === condition.index ? null : { found };
  }

  #set(key: string, value: Uint8Array, index: number): KeyChanged {
    const before = this.#keys.get(key);
    this.#keys.set(key, {
      // A copy of its own, since the command is a view of a much larger buffer of the log.
      value: new Uint8Array(value),
      index,
      createdIndex: before?.createdIndex ?? index,
      version: (before?.version ?? 0) + 1,
    });
    this.#tell(key, index, value.length);
    return { existed: before !== undefined };
  }

  #remove(key: string, index: number): boolean {
    const existed = this.#keys.delete(key);
    if (existed) this.#tell(key, index, null);
    return existed;
  }

  #removePrefix(prefix: string, limit: number, index: number): PrefixCleared {
    const { items, more } = listKeys(this.#keys, { prefix, after: null, limit }, Infinity);
    for (const { key } of items) this.#remove(key, index);
    return { removed: items.length, more };
  }

  #tell(key: string, index: number, bytes: number | null): void {
    for (const watcher of this.#watchers) watcher.changed(key, index, bytes);
  }
}
