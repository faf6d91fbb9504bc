import type { MemberChange, Written } from '@quorate/contract';
import { bootstrap, changeMembers, transferLeadership } from '../api/node-api.js';
import type { Address } from '../api/node-streams.js';
import type { ClusterView } from '../core/cluster/cluster-view.js';
import { nobodyToAsk, problemOf } from '../core/failure.js';
import { configurationIndex, memberToAsk } from '../core/members/candidates.js';
import { type GivenOrder, type Order, type OrderPart, partsFor } from '../core/members/order.js';

/** Orders that are shown. */
const keptOrders = 6;

interface Surroundings {
  /** The cluster now. */
  readonly present: ClusterView;
  readonly addressOf: (id: string) => Address | null;
}

/** Changes of the membership and of who leads, as far as this page has asked for them. */
export class Membership {
  #orders = $state.raw<readonly GivenOrder[]>([]);
  #keys = 0;

  constructor(readonly around: Surroundings) {}

  /** The newest first. */
  get orders(): readonly GivenOrder[] {
    return this.#orders;
  }

  /** The last order about a node; null when there was none. */
  about(id: string): GivenOrder | null {
    return this.#orders.find(({ order }) => partsFor(id, order).length > 0) ?? null;
  }

  /** Whether an order that wants this of a node waits for its answer. */
  isPending(part: OrderPart, id: string): boolean {
    return this.#orders.some(
      ({ order, answered }) => !answered && partsFor(id, order).includes(part),
    );
  }

  /** @param expectedIndex of the configuration that these changes were thought of for */
  change(changes: readonly MemberChange[], expectedIndex?: number): Promise<void> {
    return this.#give({ kind: 'change', changes }, (member) =>
      changeMembers(member, {
        changes: [...changes],
        ...(expectedIndex === undefined ? {} : { expectedIndex }),
      }),
    );
  }

  transfer(to: string): Promise<void> {
    return this.#give({ kind: 'transfer', to }, (member) =>
      transferLeadership(member, to).then(() => null),
    );
  }

  /** Makes a blank node the first member of a new cluster. */
  bootstrap(id: string): Promise<void> {
    return this.#give({ kind: 'bootstrap', id }, (node) => bootstrap(node).then(() => null), id);
  }

  /** Takes an order that was answered off the list. */
  dismiss(key: number): void {
    this.#orders = this.#orders.filter((order) => order.key !== key || !order.answered);
  }

  async #give(
    order: Order,
    ask: (member: Address) => Promise<Written | null>,
    whom = memberToAsk(this.around.present),
  ): Promise<void> {
    const key = ++this.#keys;
    const since = configurationIndex(this.around.present) ?? 0;
    const open = { key, order, via: whom, since, answered: false, written: null, problem: null };
    this.#orders = [open, ...this.#orders].slice(0, keptOrders);
    try {
      const member = whom === null ? null : this.around.addressOf(whom);
      if (!member) throw nobodyToAsk();
      this.#answer(key, { written: await ask(member) });
    } catch (error) {
      this.#answer(key, { problem: problemOf(error, 'change') });
    }
  }

  #answer(key: number, answer: Partial<GivenOrder>): void {
    this.#orders = this.#orders.map((order) =>
      order.key === key ? { ...order, ...answer, answered: true } : order,
    );
  }
}
