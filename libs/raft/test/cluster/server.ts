import type { Member } from '../../src/core/configuration.js';
import type { Answer, Effects, LogWrite } from '../../src/core/effects.js';
import type { Entry, HardState, NodeId } from '../../src/core/entry.js';
import type { CoreEvent } from '../../src/core/event.js';
import type { Input } from '../../src/core/input.js';
import type { Outbound } from '../../src/core/message.js';
import {
  defaultElections,
  defaultLimits,
  defaultTiming,
  type Elections,
  type Limits,
} from '../../src/core/options.js';
import { RaftCore } from '../../src/core/raft-core.js';
import { LogImage } from '../../src/storage/log-image.js';

/** What a server's disk holds when it is switched on. */
export interface Volume {
  readonly incarnation: string;
  readonly hardState: HardState;
  readonly entries: readonly Entry[];
}

/** Where a server differs from the default. */
export interface ServerOptions {
  readonly limits: Partial<Limits>;
  readonly elections: Partial<Elections>;
}

/** One core with the disk, the outbox and the callers that a real node has around it. */
export class Server {
  core: RaftCore;
  isUp = true;
  hasSlowDisk = false;
  /** What a crash leaves. */
  private disk = new LogImage();
  /** Writes under way, oldest first. */
  writes: LogWrite[] = [];
  /** Everything told since the server was last switched on. */
  answers: Answer[] = [];
  events: CoreEvent[] = [];
  committed: Entry[] = [];
  private held: Outbound[] = [];

  constructor(
    readonly id: NodeId,
    private volume: Volume,
    private readonly options: ServerOptions,
    now: number,
  ) {
    this.core = this.start(now);
  }

  get incarnation(): string {
    return this.volume.incarnation;
  }

  /** Takes one input; what may leave at once is returned, the rest waits for the disk. */
  step(now: number, input: Input): Effects {
    const effects = this.core.step(now, input);
    if (effects.write !== null) this.writes.push(effects.write);
    this.held.push(...effects.messages.filter(({ after }) => after > 0));
    this.committed.push(...effects.committed);
    this.answers.push(...effects.answers);
    this.events.push(...effects.events);
    return effects;
  }

  /** The oldest write reaches the disk: returns its number and the messages that waited for it. */
  finishWrite(): { readonly write: number; readonly released: readonly Outbound[] } | null {
    const write = this.writes.shift();
    if (write === undefined) return null;
    this.disk.apply([write]);
    const released = this.held.filter(({ after }) => after <= write.id);
    this.held = this.held.filter(({ after }) => after > write.id);
    return { write: write.id, released };
  }

  /** The power goes and comes back: only what the disk holds is left. */
  restart(now: number): void {
    const { hardState, entries } = this.disk;
    this.volume = { ...this.volume, hardState, entries: [...entries] };
    this.core = this.start(now);
  }

  /** Comes back under its old name with an empty volume. */
  wipe(now: number, incarnation: string): void {
    this.volume = { incarnation, hardState: { term: 0, votedFor: null }, entries: [] };
    this.core = this.start(now);
  }

  private start(now: number): RaftCore {
    const { incarnation, hardState, entries } = this.volume;
    this.isUp = true;
    this.hasSlowDisk = false;
    this.disk = new LogImage();
    this.disk.apply([{ id: 0, hardState, entries }]);
    this.writes = [];
    this.held = [];
    this.answers = [];
    this.events = [];
    this.committed = [];
    return new RaftCore({
      id: this.id,
      incarnation,
      hardState,
      entries,
      timing: defaultTiming,
      elections: { ...defaultElections, ...this.options.elections },
      limits: { ...defaultLimits, ...this.options.limits },
      random: () => patience(this.id),
      now,
    });
  }
}

/** S1 draws the middle of the election timeouts, S2 a bit more, and so on: no two wait equally long. */
function patience(id: NodeId): number {
  return Math.min(0.99, 0.45 + Number(id.slice(1)) / 20);
}

/** A member as the tests name them: its first volume is `S1#1`. */
export function member(id: NodeId, role: Member['role'] = 'voter'): Member {
  return {
    id,
    address: `${id}.test:9000`,
    incarnation: `${id}#1`,
    role,
    promote: false,
    attributes: {},
  };
}
