import type { Probed } from '@quorate/contract';
import { probe } from '../api/node-api.js';
import type { Address } from '../api/node-streams.js';
import { addNode } from '../api/supervisor-api.js';
import type { ClusterView } from '../core/cluster/cluster-view.js';
import { nobodyToAsk, type Problem, problemOf } from '../core/failure.js';
import { memberToAsk, peerAddress } from '../core/members/candidates.js';
import type { Membership } from './membership.svelte.js';

/** The page waits this long for a new process to answer, ms. */
const reachableWithinMs = 20_000;
const pollMs = 100;

/** An address on its way into the cluster. */
export interface Applicant {
  /** Where its peers reach it, `host:port`; null while its process is being started. */
  readonly address: string | null;
  /** Who was asked to look whether it can be reached. */
  readonly via: string | null;
  /** Who answers there; null while nobody has. */
  readonly probed: Probed | null;
  readonly problem: Problem | null;
  /** Whether its membership has been asked for. */
  readonly joined: boolean;
}

interface Surroundings {
  /** The cluster now. */
  readonly present: ClusterView;
  /** Whether a node answers this page. */
  readonly isLive: (id: string) => boolean;
  readonly addressOf: (id: string) => Address | null;
}

/** One node at a time is led into the cluster: look who answers, then learner, then voter. */
export class JoinWizard {
  #applicant = $state.raw<Applicant | null>(null);
  /** Rises with each new beginning: what an earlier one brings comes too late. */
  #attempt = 0;

  constructor(
    readonly around: Surroundings,
    readonly membership: Membership,
  ) {}

  get applicant(): Applicant | null {
    return this.#applicant;
  }

  /** Begins anew. */
  reset(): void {
    this.#attempt += 1;
    this.#applicant = null;
  }

  /** Starts one more node of the supervisor, and looks whether members reach it. */
  async startNew(): Promise<void> {
    const attempt = this.#begin(null);
    try {
      const { id, raftPort } = await addNode();
      await this.#untilLive(id);
      if (attempt === this.#attempt) await this.check(peerAddress(raftPort, this.around.present));
    } catch (error) {
      this.#note(attempt, { problem: problemOf(error, 'change') });
    }
  }

  /** Has a member look who answers at an address. */
  async check(address: string): Promise<void> {
    const attempt = this.#begin(address);
    const via = memberToAsk(this.around.present);
    this.#note(attempt, { via });
    try {
      const member = via === null ? null : this.around.addressOf(via);
      if (!member) throw nobodyToAsk();
      this.#note(attempt, { probed: await probe(member, address) });
    } catch (error) {
      this.#note(attempt, { problem: problemOf(error, 'read') });
    }
  }

  /** Asks for the membership of who answers there. */
  async join(learner: boolean): Promise<void> {
    const { address, probed } = this.#applicant ?? {};
    if (!address || !probed) return;
    this.#note(this.#attempt, { joined: true });
    const change = { type: 'add', id: probed.id, address } as const;
    await this.membership.change([learner ? { ...change, learner } : change]);
  }

  #begin(address: string | null): number {
    this.reset();
    this.#applicant = { address, via: null, probed: null, problem: null, joined: false };
    return this.#attempt;
  }

  #note(attempt: number, news: Partial<Applicant>): void {
    if (attempt !== this.#attempt || !this.#applicant) return;
    this.#applicant = { ...this.#applicant, ...news };
  }

  async #untilLive(id: string): Promise<void> {
    const deadline = performance.now() + reachableWithinMs;
    while (!this.around.isLive(id)) {
      if (performance.now() > deadline) {
        throw new Error(`${id} was started but does not answer. Its page shows its last lines.`);
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
}
