import { readKey } from '../../api/kv-api.js';
import type { Address } from '../../api/node-streams.js';
import type { Copy } from '../../core/data/copies.js';
import { problemOf } from '../../core/failure.js';

/** The same key as each node itself has it: local reads at all of them. */
export class Copies {
  #all = $state.raw<readonly Copy[]>([]);
  #turn = 0;

  get all(): readonly Copy[] {
    return this.#all;
  }

  /** What was read before stays until its node has answered again. */
  async read(key: string, addresses: readonly Address[]): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const before = this.#all;
    this.#all = addresses.map(
      ({ id }) => before.find(({ node }) => node === id) ?? { node: id, state: 'reading' },
    );
    await Promise.all(
      addresses.map(async (address) => {
        const copy = await copyAt(address, key);
        if (turn !== this.#turn) return;
        this.#all = this.#all.map((one) => (one.node === copy.node ? copy : one));
      }),
    );
  }
}

async function copyAt(address: Address, key: string): Promise<Copy> {
  const node = address.id;
  try {
    const found = await readKey(address, { verb: 'get', key, consistency: 'local' });
    return { node, state: 'read', found };
  } catch (error) {
    return { node, state: 'failed', problem: problemOf(error, 'read') };
  }
}
