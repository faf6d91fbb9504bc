import type { Command, Restoration, StateMachine } from '@quorate/raft';
import sortedBTree from 'sorted-btree';
import { compareKeys } from './key-order.js';
import { decodeCommand } from './kv-command.js';
import { encodeSnapshot, SnapshotReader } from './kv-snapshot.js';

/** A value, and the index of the entry that wrote it. */
export interface StoredValue {
  readonly value: Uint8Array;
  readonly index: number;
}

export interface StoredKey extends StoredValue {
  readonly key: string;
}

/** What the proposer of a command gets. */
export interface KvResult {
  /** Whether the key was there before. */
  readonly existed: boolean;
}

/** Which keys to list. */
export interface Range {
  readonly prefix: string;
  /** Only keys behind this one. */
  readonly after: string | null;
  readonly limit: number;
  /** The page ends before its values exceed this; one larger value still comes alone. */
  readonly maxBytes: number;
}

export interface Page {
  readonly items: readonly StoredKey[];
  /** Whether keys follow. */
  readonly more: boolean;
}

/** The replicated key-value store: what every node holds after the same commands. */
export class KvStateMachine implements StateMachine<KvResult> {
  #values = emptyTree();

  get size(): number {
    return this.#values.size;
  }

  apply({ index, data }: Command): KvResult {
    const command = decodeCommand(data);
    if (command.type === 'remove') return { existed: this.#values.delete(command.key) };
    // A copy of its own, since the command is a view of a much larger buffer of the log.
    const stored = { value: new Uint8Array(command.value), index };
    return { existed: !this.#values.set(command.key, stored) };
  }

  get(key: string): StoredValue | undefined {
    return this.#values.get(key);
  }

  list({ prefix, after, limit, maxBytes }: Range): Page {
    const items: StoredKey[] = [];
    const start = after !== null && compareKeys(after, prefix) > 0 ? after : prefix;
    let bytes = 0;
    for (const [key, { value, index }] of this.#values.entries(start)) {
      if (!key.startsWith(prefix)) break;
      if (key === after) continue;
      bytes += value.length;
      if (items.length === limit || (items.length > 0 && bytes > maxBytes)) {
        return { items, more: true };
      }
      items.push({ key, value, index });
    }
    return { items, more: false };
  }
  /** Takes no time: the clone shares its nodes, and what is written from now on copies those it meets. */
  snapshot(): Iterable<Uint8Array> {
    const then = this.#values.clone();
    return encodeSnapshot(then.size, then.entries());
  }

  restore(): Restoration {
    const reader = new SnapshotReader();
    const values = emptyTree();
    return {
      write: (chunk) => {
        for (const { key, value, index } of reader.read(chunk)) values.set(key, { value, index });
      },
      finish: () => {
        reader.finish();
        this.#values = values;
      },
    };
  }
}

function emptyTree() {
  return new sortedBTree.default<string, StoredValue>(undefined, compareKeys);
}
