import type { LogIndex } from '../../core/entry.js';
import type { Value } from '../linearizability/operation.js';
import type { Command, StateMachine } from '../../node/state-machine.js';
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
  private readonly values = new Map<number, number>();

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

/** One round of FNV-1a. */
function mixed(digest: number, value: number): number {
  return Math.imul(digest ^ value, 0x01000193) >>> 0;
}
