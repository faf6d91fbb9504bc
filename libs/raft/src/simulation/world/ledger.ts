import type { LogIndex } from '../../core/entry.js';
import type { Command, StateMachine } from '../../node/state-machine.js';

/** The state after some command: where it stood, and a digest of every command up to it. */
export interface Page {
  readonly index: LogIndex;
  readonly digest: number;
}

/**
 * The state machine of simulated nodes. Its digest chains every command with its index, so two nodes
 * agree on it only if they have applied the same commands at the same places in the same order.
 */
export class Ledger implements StateMachine<number> {
  page: Page = { index: 0, digest: 0 };

  apply({ index, data }: Command): number {
    let digest = mixed(this.page.digest, index);
    for (const byte of data) digest = mixed(digest, byte);
    this.page = { index, digest };
    return digest;
  }
}

/** One round of FNV-1a. */
function mixed(digest: number, value: number): number {
  return Math.imul(digest ^ value, 0x01000193) >>> 0;
}
