import {
  everyMember,
  findMember,
  type Member,
  type PlacedConfiguration,
} from '../core/configuration.js';
import type { StorageFault } from '../core/disk-progress.js';
import type { Effects, LogWrite } from '../core/effects.js';
import type { Entry, LogIndex, NodeId } from '../core/entry.js';
import type { CoreEvent } from '../core/event.js';
import type { Input } from '../core/input.js';
import type { Message } from '../core/message.js';
import type { Tuning } from '../core/options.js';
import type { SnapshotInfo, SnapshotMeta } from '../core/snapshot.js';
import type { CoreStatus } from '../core/status.js';
import { type LeaderHint, type RaftError, StorageError } from '../errors.js';
import { Applier } from './effects/applier.js';
import type { Call } from './calls/call.js';
import type { RunnerEvent } from './event.js';
import { Failures } from './calls/failures.js';
import { LogWriter } from './effects/log-writer.js';
import type { Clock } from './options.js';
import { messageOf } from './message-of.js';
import { Outbox } from './effects/outbox.js';
import { Requests } from './calls/requests.js';
import type { Applied } from './sessions/applied.js';
import { SessionClock } from './sessions/session-clock.js';
import type { Ending } from './effects/ending.js';
import type { SnapshotIo } from './effects/snapshot-io.js';
import { Snapshots } from './effects/snapshots.js';
import { Meters } from './watching/meters.js';
import type { RaftMetrics } from './watching/metrics.js';

/** The deterministic part, as far as the driver needs it. */
export interface Core {
  readonly configuration: PlacedConfiguration;
  readonly leader: NodeId | null;
  readonly storageFault: StorageFault | null;
  readonly leaving: readonly Member[];
  step(now: number, input: Input, wall: number): Effects;
  /** How old the state is at most that is applied up to here, in milliseconds. */
  staleness(now: number, wall: number, appliedIndex: LogIndex): number;
  nextDeadline(): number;
  status(now: number): CoreStatus;
  snapshotMeta(index: LogIndex): SnapshotMeta;
}

/** The world outside. No port calls the driver back before it has returned. */
export interface DriverPorts<Result> extends Clock {
  /** From [0, 1). */
  random(): number;
  /** Runs `fire` after the input that waits already, and after due timers. */
  soon(fire: () => void): void;
  /** Calls `done` once, with null when the batch is durable, else with what went wrong. */
  write(batch: readonly LogWrite[], done: (error: unknown) => void): void;
  /** The log is other than before: this goes to the disk soon. */
  wrote(write: LogWrite): void;
  send(to: NodeId, message: Message): void;
  /** Whether there is a connection to this peer. */
  isConnected(peer: NodeId): boolean;
  /** What becomes of a committed entry. What it throws stops the node. */
  apply(entry: Entry): Applied<Result>;
  /** The shortest life of what expires by cluster time; null when nothing does. */
  shortestTtlMs(): number | null;
  /** null on a node that keeps its log whole. */
  readonly snapshots: SnapshotIo | null;
  event(event: CoreEvent | RunnerEvent): void;
  /** From now on it has to do with these: the members, and those who are still to be told that they are none. */
  configured(members: readonly Member[]): void;
  /** Something of the status is not as it was. */
  changed(): void;
  /** The node cannot go on; the driver has stopped. */
  failed(error: RaftError): void;
}

/**
 * Runs one core: gives it time, messages and requests, and does what it says. Synchronous, and
 * without a Promise, so that the simulator runs this very code on virtual time.
 */
export class Driver<Result> {
  private readonly writer: LogWriter;
  private readonly outbox: Outbox;
  private readonly applier: Applier;
  private readonly snapshots: Snapshots | null;
  private readonly requests: Requests<Result>;
  private readonly sessionClock: SessionClock;
  readonly failures: Failures;
  readonly meters = new Meters();
  private configuration: PlacedConfiguration | null = null;
  private leaving: readonly Member[] = [];
  private leader: NodeId | null = null;
  private running = false;
  private timerAt = Infinity;
  private cancelTimer: (() => void) | undefined;

  constructor(
    private readonly core: Core,
    private readonly id: NodeId,
    private tuning: Tuning,
    private readonly ports: DriverPorts<Result>,
  ) {
    this.failures = new Failures(
      id,
      () => this.leaderHint(),
      () => core.storageFault,
      () => core.configuration.index,
    );
    this.outbox = new Outbox({
      send: (to, message) => {
        this.meters.sent(message.type);
        ports.send(to, message);
      },
      full: (held) => this.tell({ type: 'outbox-full', held }),
    });
    this.writer = new LogWriter({
      now: () => ports.now(),
      setTimer: (delayMs, fire) => ports.setTimer(delayMs, fire),
      stallMs: () => this.tuning.timing.stallMs,
      write: (batch, done) => ports.write(batch, done),
      written: (batch, durationMs) => this.meters.written(batch, durationMs),
      durable: (write) => {
        this.outbox.release(write);
        this.step({ type: 'persisted', write });
      },
      failed: (write, error) => {
        this.tell({ type: 'write-failed', error: messageOf(error) });
        this.step({ type: 'persist-failed', write, fault: faultOf(error) });
      },
      stalled: (ms) => {
        this.tell({ type: 'disk-stalled', ms });
        this.step({ type: 'disk-stalled' });
      },
      recovered: (ms) => this.tell({ type: 'disk-recovered', ms }),
    });
    this.sessionClock = new SessionClock({
      now: () => ports.now(),
      setTimer: (delayMs, fire) => ports.setTimer(delayMs, fire),
      submit: (call) => this.submit(call),
      shortestTtlMs: () => ports.shortestTtlMs(),
    });
    this.applier = new Applier({
      now: () => ports.now(),
      soon: (fire) => ports.soon(fire),
      apply: (entry) => this.apply(entry),
      advanced: () => this.advanced(),
    });
    this.snapshots =
      ports.snapshots === null
        ? null
        : new Snapshots(() => this.tuning.limits, ports.snapshots, {
            now: () => ports.now(),
            setTimer: (delayMs, fire) => ports.setTimer(delayMs, fire),
            soon: (fire) => ports.soon(fire),
            present: () => core.snapshotMeta(this.appliedIndex),
            step: (input) => this.step(input),
            event: (event) => this.tell(event),
            restoring: () => this.applier.hold(),
            restored: (snapshot) => this.restored(snapshot),
            broken: (cause) => this.fail('the snapshot of a leader', cause),
          });
    this.requests = new Requests(() => this.tuning.limits, this.failures, {
      now: () => ports.now(),
      random: () => ports.random(),
      setTimer: (delayMs, fire) => ports.setTimer(delayMs, fire),
      soon: (fire) => ports.soon(fire),
      step: (input) => this.step(input),
      leader: () => core.leader,
      leaderReachable: () => this.isLeaderReachable(),
      succeeded: (call) => this.meters.succeeded(call, ports.now()),
      failed: (call, error) => this.meters.failed(call, error),
      staleness: () => core.staleness(ports.now(), ports.wall(), this.appliedIndex),
    });
  }

  get appliedIndex(): LogIndex {
    return this.applier.appliedIndex;
  }

  metrics(): Omit<RaftMetrics, 'transport'> {
    return this.meters.read({
      openCalls: this.requests.openCalls,
      heldMessages: this.outbox.size,
      unapplied: this.applier.waiting,
    });
  }

  /**
   * Applies what is known to be committed before anything else happens.
   * @param restored the snapshot whose state the state machine has
   */
  start(restored: SnapshotInfo | null): void {
    this.running = true;
    if (restored !== null) this.snapshots?.restored(restored);
    this.step({ type: 'tick' });
  }

  /** Settles every open call and does nothing any more. */
  stop(cause?: unknown): void {
    this.running = false;
    this.cancelTimer?.();
    this.writer.stop();
    this.applier.stop();
    this.sessionClock.stop();
    this.snapshots?.stop(this.failures.stopped({ outcome: 'unknown' }, cause));
    this.requests.stop(cause);
  }

  /** Other timing and limits, already checked, count from now on. */
  reconfigure(tuning: Tuning): void {
    this.tuning = tuning;
    this.writer.stallMsChanged();
    this.step({ type: 'reconfigure', timing: tuning.timing, limits: tuning.limits });
  }

  submit(call: Call<Result>): void {
    this.requests.submit(call);
  }

  abort(call: Call<Result>, reason: unknown): void {
    this.requests.abort(call, reason);
  }

  /** @param ending a RaftError `stopped`, or what the store or the state machine threw, when it fails */
  takeSnapshot(ending: Ending<SnapshotInfo>): void {
    this.snapshots?.ask(ending);
  }

  receive(from: NodeId, incarnation: string, message: Message): void {
    this.meters.received(message.type);
    this.step({ type: 'message', from, incarnation, message });
  }

  /** The connection that brought this peer's requests closed: the peer may be dead. */
  peerDisconnected(peer: NodeId): void {
    this.step({ type: 'peer-disconnected', peer });
  }

  /** The connection that takes this node's requests to the peer is there, or gone. */
  connectionChanged(peer: NodeId, connected: boolean): void {
    if (!connected) this.requests.connectionLost(peer);
    else if (peer === this.core.leader) this.requests.leaderFound(peer);
  }

  /** The leader that this node follows, or itself. */
  leaderHint(): LeaderHint | null {
    const { leader: id, configuration } = this.core;
    if (id === null) return null;
    const { address = '', attributes = {} } = findMember(configuration, id) ?? {};
    return { id, address, attributes };
  }

  private step(input: Input): void {
    if (!this.running) return;
    try {
      this.perform(this.core.step(this.ports.now(), input, this.ports.wall()));
    } catch (cause) {
      this.fail('a step of the core', cause);
    }
  }

  private perform({ write, messages, snapshots, answers, committed, events }: Effects): void {
    if (write !== null) {
      this.writer.append(write);
      this.ports.wrote(write);
    }
    this.outbox.post(messages);
    for (const event of events) this.tell(event);
    for (const task of snapshots) this.snapshots?.perform(task);
    // Callers first: what is applied now may be what they wait for.
    for (const answer of answers) this.requests.answer(answer);
    this.meters.committed(committed);
    this.applier.push(committed);
    this.requests.stepped();
    this.follow();
  }

  /** Looks at what a step may have changed: who is a member, who leads, when to wake. */
  private follow(): void {
    const { core, ports } = this;
    if (!this.running) return;
    if (core.configuration !== this.configuration || core.leaving !== this.leaving) {
      this.configuration = core.configuration;
      this.leaving = core.leaving;
      ports.configured([...everyMember(core.configuration), ...core.leaving]);
    }
    if (core.leader !== this.leader) {
      this.leader = core.leader;
      this.sessionClock.lead(core.leader === this.id);
      if (core.leader === null) this.requests.leaderLost();
      else if (this.isLeaderReachable()) this.requests.leaderFound(core.leader);
    }
    this.setTimer();
    ports.changed();
  }

  private isLeaderReachable(): boolean {
    const { leader } = this.core;
    return leader !== null && (leader === this.id || this.ports.isConnected(leader));
  }

  private apply(entry: Entry): void {
    let applied: Applied<Result>;
    try {
      applied = this.ports.apply(entry);
    } catch (cause) {
      this.fail(`the state machine at entry ${entry.index}`, cause);
      return;
    }
    this.meters.applied(entry);
    this.snapshots?.applied(entry);
    this.requests.applied(entry, applied);
    if (entry.type === 'session') this.sessionClock.look();
  }

  private tell(event: CoreEvent | RunnerEvent): void {
    this.meters.event(event, this.ports.now());
    this.ports.event(event);
  }

  private advanced(): void {
    this.requests.advanced(this.appliedIndex);
    this.snapshots?.advanced();
    this.ports.changed();
  }

  private restored({ index }: SnapshotInfo): void {
    this.requests.restored(index);
    this.applier.resumeAt(index);
    this.tell({ type: 'snapshot-restored', index });
  }

  private fail(what: string, cause: unknown): void {
    const error = this.failures.fatal(what, cause);
    this.stop(error);
    this.ports.failed(error);
  }

  /** A deadline that moves away leaves the timer as it is: heartbeats move it all the time. */
  private setTimer(): void {
    const deadline = this.core.nextDeadline();
    if (deadline >= this.timerAt) return;
    this.cancelTimer?.();
    this.timerAt = deadline;
    const delayMs = Math.max(0, deadline - this.ports.now());
    this.cancelTimer = this.ports.setTimer(delayMs, () => {
      // After a pause of the process, what peers have sent meanwhile is read before time passes.
      this.ports.soon(() => this.tick());
    });
  }

  private tick(): void {
    this.cancelTimer?.();
    this.timerAt = Infinity;
    if (!this.running) return;
    if (this.core.nextDeadline() <= this.ports.now()) this.step({ type: 'tick' });
    else this.setTimer();
  }
}

function faultOf(error: unknown): 'full' | 'failed' {
  return error instanceof StorageError && error.code === 'full' ? 'full' : 'failed';
}
