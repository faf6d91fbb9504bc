import type { LogIndex } from '../../core/entry.js';
import type { Value } from '../linearizability/operation.js';
import type { Command, Restoration, StateMachine } from '../../node/state-machine.js';
import { decodeCommand } from './command.js';

/** The state after some command: where it stood, and a digest of every command up to it. */
export interface Page {
  readonly index: LogIndex;
  readonly digest: number;
}

/** What a caller sees of the state: where it stood, and what the key held, before its command if it had one. */
export interface Sight {
  readonly page: Page;
  readonly seen: Value;
}

/**
 * The state machine of simulated nodes: a few keys. Its digest chains every command with its index, so
 * two nodes agree on it only if they have applied the same commands at the same places in the same
 * order.
 */
export class Ledger implements StateMachine<Sight> {
  page: Page = { index: 0, digest: 0 };
  private values = new Map<number, number>();

  apply({ index, data }: Command): Sight {
    let digest = mixed(this.page.digest, index);
    for (const byte of data) digest = mixed(digest, byte);
    this.page = { index, digest };
    const { key, action } = decodeCommand(data);
    const seen = this.get(key);
    if (action.type === 'remove') this.put(key, null);
    else if (action.type === 'set' || action.expected === seen) this.put(key, action.value);
    return { page: this.page, seen };
  }

  /** The page, and then a key a chunk. */
  snapshot(): Iterable<Uint8Array> {
    return encoded([this.page, ...this.values]);
  }

  restore(): Restoration {
    const chunks: Uint8Array[] = [];
    return {
      write: (chunk) => void chunks.push(chunk),
      finish: () => {
        const [page, ...values] = chunks.map((chunk): unknown =>
          JSON.parse(Buffer.from(chunk).toString()),
        );
        this.page = page as Page;
        this.values = new Map(values as [number, number][]);
      },
    };
  }

  look(key: number): Sight {
    return { page: this.page, seen: this.get(key) };
  }

  private get(key: number): Value {
    return this.values.get(key) ?? null;
  }

  private put(key: number, value: Value): void {
    if (value === null) this.values.delete(key);
    else this.values.set(key, value);
  }
}

function* encoded(chunks: readonly unknown[]): Generator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(JSON.stringify(chunk));
}

/** One round of FNV-1a. */
function mixed(digest: number, value: number): number {
  return Math.imul(digest ^ value, 0x01000193) >>> 0;
}
