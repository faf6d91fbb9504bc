import type { Consistency, KeyValue } from '@quorate/contract';
import { listKeys, performKv } from '../api/kv-api.js';
import type { Address } from '../api/node-streams.js';
import { type Problem, problemOf } from '../core/failure.js';
import type { KvExchange } from '../core/keys/kv-exchange.js';
import { curlOf, requestOf, type KeyOperation } from '../core/keys/kv-request.js';

/** Exchanges kept on the page. */
const kept = 5;
const pageSize = 20;

/** Which page of which keys is shown. */
export interface Place {
  readonly prefix: string;
  readonly after: string | null;
}

export interface Listing extends Place {
  readonly items: readonly KeyValue[];
  readonly next: string | null;
  readonly node: string;
  readonly consistency: Consistency;
}

/** The keys, as one chosen node answers. Nothing is shown as done before the node says so. */
export class Keys {
  #exchanges = $state.raw<readonly KvExchange[]>([]);
  #listing = $state.raw<Listing | null>(null);
  #listProblem = $state.raw<Problem | null>(null);
  #asked = 0;
  #listed = 0;

  constructor(readonly addressOf: (id: string) => Address | null) {}

  /** Newest first. */
  get exchanges(): readonly KvExchange[] {
    return this.#exchanges;
  }

  get listing(): Listing | null {
    return this.#listing;
  }

  get listProblem(): Problem | null {
    return this.#listProblem;
  }

  async perform(node: string, operation: KeyOperation): Promise<void> {
    const address = this.addressOf(node);
    if (!address) return;
    this.#asked += 1;
    const id = this.#asked;
    const curl = curlOf(requestOf(address.url, operation));
    const exchange: KvExchange = { id, node, operation, curl, result: { state: 'requested' } };
    this.#exchanges = [exchange, ...this.#exchanges].slice(0, kept);
    const result = await answered(address, operation);
    this.#exchanges = this.#exchanges.map((one) => (one.id === id ? { ...one, result } : one));
    const shown = this.#listing;
    if (shown && operation.verb !== 'get') await this.list(node, shown.consistency, shown);
  }

  /** Shows one page of keys; of two that overlap the later asked one counts. */
  async list(node: string, consistency: Consistency, place: Place): Promise<void> {
    const address = this.addressOf(node);
    if (!address) return;
    this.#listed += 1;
    const turn = this.#listed;
    const { prefix, after } = place;
    try {
      const operation = { verb: 'list', prefix, after, limit: pageSize, consistency } as const;
      const { items, next } = await listKeys(address, operation);
      if (turn !== this.#listed) return;
      this.#listing = { items, next, node, consistency, prefix, after };
      this.#listProblem = null;
    } catch (error) {
      if (turn === this.#listed) this.#listProblem = problemOf(error, 'read');
    }
  }
}

async function answered(address: Address, operation: KeyOperation): Promise<KvExchange['result']> {
  const start = performance.now();
  try {
    const answer = await performKv(address, operation);
    return { state: 'answered', answer, tookMs: performance.now() - start };
  } catch (error) {
    const asked = operation.verb === 'get' ? 'read' : 'change';
    return { state: 'failed', problem: problemOf(error, asked) };
  }
}
