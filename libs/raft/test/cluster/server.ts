import type { Member } from '../../src/core/configuration.js';
import type { Answer, Effects, LogWrite } from '../../src/core/effects.js';
import type { Entry, HardState, LogIndex, NodeId } from '../../src/core/entry.js';
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
import { type LogBase, noBase, type SnapshotTask } from '../../src/core/snapshot.js';
import type { CoreStatus } from '../../src/core/status.js';
import { LogImage } from '../../src/storage/log-image.js';
import { Shelf } from './shelf.js';

/** What a server's disk holds when it is switched on. */
export interface Volume {
  readonly incarnation: string;
  readonly hardState: HardState;
  readonly base?: LogBase;
  readonly commitIndex?: LogIndex;
  readonly entries: readonly Entry[];
}

/** Where a server differs from the default. */
export interface ServerOptions {
  readonly limits: Partial<Limits>;
  readonly leaseReads: boolean;
  readonly elections: Partial<Elections>;
}

/** One core with the disk, the outbox and the callers that a real node has around it. */
export class Server {
  core: RaftCore;
  isUp = true;
  hasSlowDisk = false;
  /** The time for which its machine has slept: its monotonic clock has missed it. */
  slept = 0;
  /** What a crash leaves. */
  private disk = new LogImage();
  /** Writes under way, oldest first. */
  writes: LogWrite[] = [];
  /** Everything told since the server was last switched on. */
  answers: Answer[] = [];
  events: CoreEvent[] = [];
  committed: Entry[] = [];
  /** The state machine: a list of the commands that it has got. */
  applied: string[] = [];
  /** Where the snapshot stood that the state machine began from. */
  restoredIndex: LogIndex = 0;
  shelf: Shelf;
  private held: Outbound[] = [];

  constructor(
    readonly id: NodeId,
    private volume: Volume,
    private readonly options: ServerOptions,
    now: number,
  ) {
    this.shelf = new Shelf(id);
    this.core = this.start(now);
  }

  get incarnation(): string {
    return this.volume.incarnation;
  }

  /** Takes one input; what may leave at once is returned, the rest waits for the disk. */
  step(now: number, input: Input): Effects {
    const effects = this.core.step(now - this.slept, input, now);
    if (effects.write !== null) this.writes.push(effects.write);
    this.held.push(...effects.messages.filter(({ after }) => after > 0));
    for (const task of effects.snapshots) this.follow(task);
    for (const entry of effects.committed) this.apply(entry);
    this.answers.push(...effects.answers);
    this.events.push(...effects.events);
    return effects;
  }

  /** The input that a snapshot task leads to, if it leads to one. */
  outcome(task: SnapshotTask): Input | null {
    if (task.type === 'read') {
      const { to, session, snapshot, offset } = task;
      const data = this.shelf.read(snapshot, offset);
      return { type: 'snapshot-read', to, session, snapshot, offset, data };
    }
    if (task.type !== 'store') return null;
    const { snapshot, offset, data } = task;
    const received = this.shelf.receive(snapshot, offset, data);
    return { type: 'snapshot-stored', snapshot, received };
  }

  takeSnapshot(): Input {
    const meta = this.core.snapshotMeta(this.core.commitIndex);
    return { type: 'snapshot-taken', snapshot: this.shelf.save(meta, this.applied) };
  }

  /** When it wants to be woken. */
  get nextDeadline(): number {
    return this.core.nextDeadline() + this.slept;
  }

  status(now: number): CoreStatus {
    return this.core.status(now - this.slept);
  }

  staleness(now: number): number {
    return this.core.staleness(now - this.slept, now, this.core.commitIndex);
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
    const { hardState, base, commitIndex, entries } = this.disk;
    this.volume = { ...this.volume, hardState, base, commitIndex, entries: [...entries] };
    this.core = this.start(now);
  }

  /** Comes back under its old name with an empty volume. */
  wipe(now: number, incarnation: string): void {
    this.volume = { incarnation, hardState: { term: 0, votedFor: null }, entries: [] };
    this.shelf = new Shelf(this.id);
    this.core = this.start(now);
  }

  private start(now: number): RaftCore {
    const { incarnation, hardState, base = noBase, commitIndex = 0, entries } = this.volume;
    this.isUp = true;
    this.hasSlowDisk = false;
    this.disk = new LogImage();
    this.disk.apply([{ id: 0, hardState, base, commit: commitIndex, entries }]);
    this.writes = [];
    this.held = [];
    this.answers = [];
    this.events = [];
    this.restore();
    return new RaftCore({
      id: this.id,
      incarnation,
      hardState,
      base,
      entries,
      commitIndex,
      snapshot: this.shelf.latest,
      timing: defaultTiming,
      elections: { ...defaultElections, ...this.options.elections },
      limits: { ...defaultLimits, ...this.options.limits },
      leaseReads: this.options.leaseReads,
      random: () => patience(this.id),
      now: now - this.slept,
    });
  }

  private follow(task: SnapshotTask): void {
    if (task.type === 'restore') this.restore();
    else if (task.type === 'compact') this.disk.compact(task.upTo);
  }

  /** The state machine begins from the latest snapshot. */
  private restore(): void {
    this.applied = [...this.shelf.load()];
    this.restoredIndex = this.shelf.latest?.index ?? 0;
    this.committed = [];
  }

  private apply(entry: Entry): void {
    this.committed.push(entry);
    if (entry.type === 'command') this.applied.push(Buffer.from(entry.data).toString());
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
