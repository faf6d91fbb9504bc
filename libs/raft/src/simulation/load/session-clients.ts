import type { RaftError } from '../../errors.js';
import type { Proposed } from '../../node/calls/call.js';
import type { SessionEntry } from '../../node/sessions/session-entry.js';
import type { BegunWrite, History } from '../oracles/history.js';
import { rules } from '../oracles/rules.js';
import type { Random, Span } from '../time/random.js';
import type { Cluster } from '../world/cluster.js';
import type { Sight } from '../world/ledger.js';
import type { Caller } from './caller.js';
import { drawWish } from './clients.js';

const timeoutMs: Span = [100, 2000];
const pauseMs: Span = [0, 200];
const keyedChance = 0.15;
const maxBurst = 3;
const maxCommandBytes = 64;
const maxTries = 8;
/** How long a client waits for a call of a process that died or sleeps, after its deadline. */
const patienceMs = 200;

export interface SessionClientsOptions {
  readonly count: number;
  readonly keys: number;
  /** The session of a client that thinks for longer is gone. */
  readonly ttlMs: number;
  readonly thinkMs: Span;
}

type Answer = Proposed<Sight> | Pick<RaftError, 'code' | 'outcome'>;
type Answered = (answer: Answer) => void;

interface OpenSession {
  readonly id: number;
  next: number;
  readonly unanswered: Set<number>;
}

/** Clients that want each write to happen once: in a session of their own, or under a key. */
export class SessionClients {
  private readonly clients: SessionClient[];

  constructor(
    cluster: Cluster,
    caller: Caller,
    history: History,
    random: Random,
    options: SessionClientsOptions,
  ) {
    this.clients = Array.from(
      { length: options.count },
      () => new SessionClient(cluster, caller, history, random.fork(), options),
    );
  }

  start(): void {
    for (const client of this.clients) client.think();
  }

  stop(): void {
    for (const client of this.clients) client.stop();
  }
}

/**
 * A write whose outcome it does not know it sends again, the same in every byte, to any node, until it
 * knows or has lost patience.
 */
class SessionClient {
  private session: OpenSession | null = null;
  private stopped = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly caller: Caller,
    private readonly history: History,
    private readonly random: Random,
    private readonly options: SessionClientsOptions,
  ) {}

  think(): void {
    this.after(this.options.thinkMs, () => {
      if (!this.stopped) this.act();
    });
  }

  stop(): void {
    this.stopped = true;
  }

  private act(): void {
    const { session, random } = this;
    if (session === null) {
      this.register();
      return;
    }
    let missing = random.integer([1, maxBurst]);
    const ended = () => {
      if (--missing === 0) this.think();
    };
    for (let writes = missing; writes > 0; writes--) this.write(session, ended);
  }

  private register(): void {
    const { ttlMs } = this.options;
    this.send('register', { type: 'register', ttlMs }, (answer) => {
      if ('index' in answer) {
        this.session = { id: answer.index, next: 1, unanswered: new Set() };
        this.cluster.world.journal.counts.sessionsOpened++;
      }
      this.think();
    });
  }

  private write(session: OpenSession, ended: () => void): void {
    const { history, random, options } = this;
    const { journal } = this.cluster.world;
    const write = history.beginWrite(
      drawWish(random, { keys: options.keys, maxBytes: maxCommandBytes }),
    );
    const { entry, forget } = this.entryFor(session, write);
    let tries = 0;
    let inDoubt = false;
    const end = () => {
      forget();
      ended();
    };
    const fail = () => {
      history.writeFailed(write, inDoubt ? 'unknown' : 'not-applied');
      end();
    };
    const attempt = () => {
      if (++tries > maxTries || this.stopped) {
        fail();
        return;
      }
      if (tries > 1) journal.counts.writesRepeated++;
      this.send(`write ${write.id}, try ${tries}`, entry, (answer) => {
        if ('index' in answer) {
          history.acknowledged(write, answer.index, answer.result);
          end();
          return;
        }
        inDoubt ||= answer.outcome === 'unknown';
        if (answer.code === 'session-sequence' || answer.code === 'key-reused') {
          const detail = `write ${write.id} is refused: ${answer.code}`;
          journal.violate(rules.firstResult, detail);
        } else if (answer.code === 'session-expired') {
          if (this.session === session) this.session = null;
          fail();
        } else this.after(pauseMs, attempt);
      });
    };
    attempt();
  }

  private entryFor(
    session: OpenSession,
    { id: write, data }: BegunWrite,
  ): { entry: SessionEntry; forget: () => void } {
    if (this.random.chance(keyedChance)) {
      const entry = { type: 'keyed', key: `write ${write}`, data } as const;
      return { entry, forget: () => undefined };
    }
    const { id, unanswered } = session;
    const sequence = session.next++;
    unanswered.add(sequence);
    const acknowledgedBelow = Math.min(...unanswered);
    return {
      entry: { type: 'command', session: id, sequence, acknowledgedBelow, data },
      forget: () => unanswered.delete(sequence),
    };
  }

  /** One try at any node. A process that does not answer in time may have done it, or may still. */
  private send(name: string, entry: SessionEntry, answered: Answered): void {
    const { random, caller, cluster } = this;
    const running = cluster.running();
    if (running.length === 0) {
      this.after(pauseMs, () => answered({ code: 'no-leader', outcome: 'not-applied' }));
      return;
    }
    const options = { timeoutMs: random.between(timeoutMs), forward: true };
    let open = true;
    const once: Answered = (answer) => {
      if (!open) return;
      open = false;
      cancel();
      answered(answer);
    };
    const gone = () => once({ code: 'deadline', outcome: 'unknown' });
    const cancel = cluster.world.timeline.after(options.timeoutMs + patienceMs, gone);
    const told = ({ index }: Proposed<Sight>) => `done at ${index}`;
    const ends = { told, resolve: once, reject: once };
    caller.propose(random.pick(running), name, options, entry, ends);
  }

  private after(span: Span, act: () => void): void {
    this.cluster.world.timeline.after(this.random.between(span), act);
  }
}
