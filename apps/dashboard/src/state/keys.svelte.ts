import { performKv } from '../api/kv-api.js';
import type { Address } from '../api/node-streams.js';
import { problemOf } from '../core/failure.js';
import type { KvExchange } from '../core/keys/kv-exchange.js';
import { curlOf, requestOf, type KeyOperation } from '../core/keys/kv-request.js';
import { answeredWrite, newWrite } from './new-write.js';

/** Exchanges kept on the page. */
const kept = 5;

/** What was asked of single keys, as one chosen node answers. Nothing is shown as done before it says so. */
export class Keys {
  #exchanges = $state.raw<readonly KvExchange[]>([]);
  #asked = 0;

  constructor(readonly addressOf: (id: string) => Address | null) {}

  /** Newest first. */
  get exchanges(): readonly KvExchange[] {
    return this.#exchanges;
  }

  async perform(node: string, operation: KeyOperation): Promise<void> {
    const address = this.addressOf(node);
    if (!address) return;
    this.#asked += 1;
    const exchange: KvExchange = {
      id: this.#asked,
      node,
      operation,
      curl: curlOf(requestOf(address.url, operation)),
      write: operation.verb === 'get' ? null : newWrite(),
      result: { state: 'requested' },
    };
    this.#exchanges = [exchange, ...this.#exchanges].slice(0, kept);
    const settled = await settle(exchange, address);
    this.#exchanges = this.#exchanges.map((one) => (one.id === settled.id ? settled : one));
  }
}

async function settle(exchange: KvExchange, address: Address): Promise<KvExchange> {
  const { operation, write } = exchange;
  const start = performance.now();
  try {
    const answer = await performKv(address, operation, write?.trace);
    const tookMs = performance.now() - start;
    return {
      ...exchange,
      result: { state: 'answered', answer, tookMs },
      write: write && answer.verb !== 'get' ? answeredWrite(write, answer) : null,
    };
  } catch (error) {
    const asked = operation.verb === 'get' ? 'read' : 'change';
    return { ...exchange, result: { state: 'failed', problem: problemOf(error, asked) } };
  }
}
