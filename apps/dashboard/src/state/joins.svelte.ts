import { bootstrap, join } from '../api/node-api.js';
import type { Address } from '../api/node-streams.js';
import { addNode } from '../api/supervisor-api.js';
import { type Problem, problemOf } from '../core/failure.js';

/** The page waits this long for a new process to answer before it asks to join it, ms. */
const reachableWithinMs = 20_000;
const pollMs = 100;

/** What is told of a node on its way into the cluster. */
export interface Joining {
  /** Who was asked to take it in. */
  readonly via: string;
  readonly problem: Problem | null;
}

interface Surroundings {
  /** Whether a node answers this page. */
  readonly isLive: (id: string) => boolean;
  readonly addressOf: (id: string) => Address | null;
}

/** Nodes that were asked from this page to become members. */
export class Joins {
  #joining = $state.raw<Readonly<Record<string, Joining>>>({});
  #adding = $state(false);
  #addProblem = $state.raw<Problem | null>(null);

  constructor(readonly around: Surroundings) {}

  of(id: string): Joining | null {
    return this.#joining[id] ?? null;
  }

  /** Whether a process is being started at this moment. */
  get adding(): boolean {
    return this.#adding;
  }

  get addProblem(): Problem | null {
    return this.#addProblem;
  }

  /** Starts one more node and has `via` take it in. */
  async add(via: string): Promise<void> {
    this.#adding = true;
    this.#addProblem = null;
    try {
      const { id, raftPort } = await addNode();
      this.#note(id, { via, problem: null });
      this.#adding = false;
      await this.#untilLive(id);
      await this.join(id, raftPort, via);
    } catch (error) {
      this.#addProblem = problemOf(error, 'change');
    } finally {
      this.#adding = false;
    }
  }

  async join(id: string, raftPort: number, via: string): Promise<void> {
    this.#note(id, { via, problem: null });
    const member = this.around.addressOf(via);
    try {
      if (!member) throw new Error(`${via} has no address.`);
      await join(member, { id, raftPort });
    } catch (error) {
      this.#note(id, { via, problem: problemOf(error, 'change') });
    }
  }

  /** Makes a blank node the first member of a new cluster. */
  async bootstrap(id: string): Promise<void> {
    this.#note(id, { via: id, problem: null });
    const node = this.around.addressOf(id);
    try {
      if (!node) throw new Error(`${id} has no address.`);
      await bootstrap(node);
    } catch (error) {
      this.#note(id, { via: id, problem: problemOf(error, 'change') });
    }
  }

  async #untilLive(id: string): Promise<void> {
    const deadline = performance.now() + reachableWithinMs;
    while (!this.around.isLive(id)) {
      if (performance.now() > deadline) {
        throw new Error(`${id} was started but does not answer. Its panel shows its last lines.`);
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  #note(id: string, joining: Joining): void {
    this.#joining = { ...this.#joining, [id]: joining };
  }
}
