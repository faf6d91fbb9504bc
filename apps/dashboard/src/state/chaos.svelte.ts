import { healAllFaults, healFault, injectFault } from '../api/fault-api.js';
import type { Address } from '../api/node-streams.js';
import { type LinkRule, place, takesFaults } from '../core/chaos/plan.js';
import { type StandingFault, standingFaults } from '../core/chaos/standing-faults.js';
import { isSameWay } from '../core/chaos/ways.js';
import type { ClusterView } from '../core/cluster/cluster-view.js';
import { noAddress, type Problem, problemOf } from '../core/failure.js';
import type { Memory } from './preferences.svelte.js';

/** How long a fault may last before it heals by itself, seconds. */
export const ttls = [10, 30, 60, 300, 900] as const;
const usualTtl = 60;
const maxOwner = 64;
/** Whose the faults of somebody are who gave no name. */
export const anonymous = 'somebody';

interface Surroundings {
  readonly present: ClusterView;
  readonly addressOf: (id: string) => Address | null;
}

/**
 * Faults that are asked for from this page, and those that are to end. What is in force is told by
 * the nodes alone.
 */
export class Chaos {
  #pending = $state.raw<readonly string[]>([]);
  #problems = $state.raw<readonly Problem[]>([]);
  #owner = $state('');
  #ttl = $state<number>(usualTtl);

  constructor(
    readonly around: Surroundings,
    readonly memory: Memory | null,
  ) {
    this.#owner = memory?.getItem('quorate.owner') ?? '';
    const ttl = Number(memory?.getItem('quorate.fault-ttl'));
    this.#ttl = ttls.find((one) => one === ttl) ?? usualTtl;
  }

  /** Whether this is under way: the id of an action. */
  isPending(id: string): boolean {
    return this.#pending.includes(id);
  }

  /** What failed of the last that was asked for. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Who wants the faults of this page. */
  get owner(): string {
    return this.#owner;
  }

  set owner(name: string) {
    this.#owner = name.slice(0, maxOwner);
    this.memory?.setItem('quorate.owner', this.#owner);
  }

  /** Seconds until a fault of this page heals by itself. */
  get ttl(): number {
    return this.#ttl;
  }

  set ttl(seconds: number) {
    this.#ttl = seconds;
    this.memory?.setItem('quorate.fault-ttl', String(seconds));
  }

  /** Puts rules into force; a link that had a fault of its own has this one instead. */
  async inject(id: string, rules: readonly LinkRule[]): Promise<void> {
    const view = this.around.present;
    const owner = this.#owner.trim() || anonymous;
    const ttlMs = this.#ttl * 1_000;
    const replaced = standingFaults(view).filter(({ ways }) =>
      ways.every((way) => rules.some((rule) => isSameWay(rule, way))),
    );
    const injections = place(rules, view).placements.map(({ node, request }) =>
      this.#at(node, (address) => injectFault(address, { ...request, owner, ttlMs })),
    );
    await this.#under(id, injections);
    // What stood before goes only once all of the new is there.
    if (this.#problems.length === 0) await this.heal(id, replaced);
  }

  async heal(id: string, faults: readonly StandingFault[]): Promise<void> {
    await this.#under(
      id,
      faults.map((fault) => this.#at(fault.at, (address) => healFault(address, fault.id))),
    );
  }

  /** At every node that takes faults, whatever this page knows to be in force there. */
  async healAll(id: string): Promise<void> {
    const nodes = this.around.present.nodes.filter(takesFaults);
    await this.#under(
      id,
      nodes.map((node) => this.#at(node.id, healAllFaults)),
    );
  }

  async #at(node: string, ask: (address: Address) => Promise<unknown>): Promise<unknown> {
    const address = this.around.addressOf(node);
    if (!address) throw noAddress(node);
    return ask(address);
  }

  async #under(id: string, asked: readonly Promise<unknown>[]): Promise<void> {
    this.#pending = [...this.#pending, id];
    this.#problems = [];
    const settled = await Promise.allSettled(asked);
    this.#problems = settled.flatMap((one) =>
      one.status === 'rejected' ? [problemOf(one.reason, 'change')] : [],
    );
    this.#pending = this.#pending.filter((one) => one !== id);
  }
}
