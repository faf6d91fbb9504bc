import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, SupervisorError } from './errors.js';
import type { Fleet } from './fleet/fleet.js';
import { NodeRequestError, type Status } from './fleet/node-client.js';
import type { NodeProcess } from './fleet/node-process.js';

export interface FormationInit {
  fleet: Fleet;
  /** Progress, a line at a time. */
  say: (line: string) => void;
  /** Ends the formation when the supervisor stops. */
  signal: AbortSignal;
}

const pollMs = 50;
/** A cluster that has no leader for so long gets a word about it. */
const patienceMs = 15_000;
/** How long a change may be refused for reasons that pass. */
const insistMs = 30_000;

interface Answer {
  node: NodeProcess;
  status: Status;
}

/**
 * Makes one cluster of nodes that are starting, and returns its leader. What is to be done is asked
 * of the nodes, not remembered, so that a formation that was cut short goes on where it stood.
 */
export function form(init: FormationInit): Promise<NodeProcess> {
  return new Formation(init).run();
}

class Formation {
  readonly #fleet: Fleet;
  readonly #say: (line: string) => void;
  readonly #signal: AbortSignal;

  constructor({ fleet, say, signal }: FormationInit) {
    this.#fleet = fleet;
    this.#say = say;
    this.#signal = signal;
  }

  async run(): Promise<NodeProcess> {
    const answers = await this.#firstAnswers();
    if (answers.every(({ status }) => status.clusterId === null)) await this.#bootstrap();
    const waiting = this.#fleet.nodes.filter(({ place }) => place.toJoin);
    if (waiting.length > 0) {
      await this.#join(waiting);
      await this.#awaitVoters(waiting);
    }
    return (await this.#leader()).node;
  }

  /** Waits until every node has answered or ended. */
  async #firstAnswers(): Promise<Answer[]> {
    while (this.#fleet.nodes.some(({ state }) => state === 'starting')) await this.#pause();
    const answers = await this.#ask();
    if (answers.length > 0) return answers;
    throw failure('No node runs: there is nothing to supervise.');
  }

  async #bootstrap(): Promise<void> {
    const [first, ...others] = this.#fleet.nodes;
    if (!first || this.#fleet.nodes.some(({ state }) => state !== 'running')) {
      throw failure(
        'A new cluster needs all of its nodes to run: one that does not might hold data.',
      );
    }
    this.#fleet.setToJoin(new Set(others.map(({ id }) => id)));
    await this.#insist(`${first.id} could not found the cluster`, async () => {
      // An earlier try may have done it, though it got no answer in time.
      const status = await first.client.status();
      if ((status?.clusterId ?? null) === null) await first.client.bootstrap();
    });
    this.#say(`${first.id} is the first member of a new cluster.`);
  }

  /** One after the other: a membership changes by one server at a time (Raft thesis, 4.1). */
  async #join(waiting: readonly NodeProcess[]): Promise<void> {
    const left = new Set(waiting.map(({ id }) => id));
    for (const node of waiting) {
      const { status } = await this.#leader();
      if (!status.members.some(({ id }) => id === node.id)) {
        await this.#joinOne(node);
        this.#say(`${node.id} has joined.`);
      }
      left.delete(node.id);
      this.#fleet.setToJoin(left);
    }
  }

  #joinOne({ id, place }: NodeProcess): Promise<void> {
    return this.#insist(`${id} could not be joined`, async () => {
      const leader = await this.#leader();
      await leader.node.client.join(id, place.raftPort);
    });
  }

  /** Tries again while what speaks against it may pass. */
  async #insist(failed: string, attempt: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + insistMs;
    for (;;) {
      try {
        await attempt();
        return;
      } catch (error) {
        const passing = error instanceof NodeRequestError && error.retryable;
        if (!passing || Date.now() > deadline) throw failure(`${failed}: ${messageOf(error)}`);
      }
      await this.#pause();
    }
  }

  /** New members come in as learners: only as voters do they make the cluster safer. */
  async #awaitVoters(joined: readonly NodeProcess[]): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const { members } = (await this.#leader()).status;
      const voters = new Set(members.filter(({ role }) => role === 'voter').map(({ id }) => id));
      const learners = joined.filter(({ id }) => !voters.has(id));
      if (learners.length === 0) return;
      if (Date.now() > deadline) {
        const ids = learners.map(({ id }) => id).join(', ');
        this.#say(`Still catching up, and without a vote until then: ${ids}.`);
        return;
      }
      await this.#pause();
    }
  }

  /** Waits as long as it takes, and says so when it takes long. */
  async #leader(): Promise<Answer> {
    let worryAt = Date.now() + patienceMs;
    for (;;) {
      const leader = leaderAmong(await this.#ask());
      if (leader) return leader;
      if (Date.now() > worryAt) {
        worryAt = Infinity;
        const states = this.#fleet.nodes.map(({ id, state }) => `${id} ${state}`).join(', ');
        this.#say(`No leader yet (${states}). Still waiting; the dashboard shows more.`);
      }
      await this.#pause();
    }
  }

  async #ask(): Promise<Answer[]> {
    const running = this.#fleet.nodes.filter(({ state }) => state === 'running');
    const answers = running.map(async (node) => ({ node, status: await node.client.status() }));
    return (await Promise.all(answers)).filter(
      (answer): answer is Answer => answer.status !== null,
    );
  }

  #pause(): Promise<void> {
    return sleep(pollMs, undefined, { signal: this.#signal });
  }
}

/** The newest of those that say so about themselves. */
function leaderAmong(answers: readonly Answer[]): Answer | null {
  const leaders = answers.filter(({ status }) => status.role === 'leader');
  return leaders.sort((a, b) => b.status.term - a.status.term)[0] ?? null;
}

function failure(message: string): SupervisorError {
  return new SupervisorError('formation-failed', message);
}
