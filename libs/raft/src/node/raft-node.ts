import type { LogWrite } from '../core/effects.js';
import type { LogIndex, NodeId, Term } from '../core/entry.js';
import { RaftCore } from '../core/raft-core.js';
import type { Tuning } from '../core/options.js';
import { RaftError } from '../errors.js';
import type { SnapshotInfo } from '../core/snapshot.js';
import { Autopilot } from './autopilot/autopilot.js';
import type { Proposed } from './calls/call.js';
import { Caller } from './calls/caller.js';
import { systemClock } from './clock.js';
import { Admission } from './cluster/admission.js';
import { ClusterIdentity } from './cluster/cluster-identity.js';
import { Driver } from './driver.js';
import type { DroppedEvents, RaftEvent } from './event.js';
import { LogView } from './log-view.js';
import { messageOf } from './message-of.js';
import { EventRing, type LaterEvents } from './watching/event-ring.js';
import type { RaftMetrics } from './watching/metrics.js';
import { LatestWatch } from './watching/latest-watch.js';
import { Strangers } from './watching/strangers.js';
import { type Marks, type Tap, Tapping } from './watching/tap.js';
import { Handover } from './cluster/handover.js';
import { Membership } from './cluster/membership.js';
import type {
  CallOptions,
  Clock,
  ProposeOptions,
  RaftNodeOptions,
  ReadOptions,
} from './options.js';
import { Peers } from './cluster/peers.js';
import { release } from './release.js';
import { Replica } from './sessions/replica.js';
import type { Session, SessionOptions, SessionPlace } from './sessions/session.js';
import { Sessions } from './sessions/sessions.js';
import {
  checkedNeeds,
  checkedSettings,
  differences,
  must,
  type Reconfiguration,
  reconfigured,
  type Settings,
} from './settings.js';
import { openVolume, type OpenedVolume } from './snapshots/open-volume.js';
import { OwnSnapshots } from './snapshots/own-snapshots.js';
import { type RestoreOptions, restoreVolume } from './snapshots/restore-volume.js';
import { StoreIo } from './snapshots/store-io.js';
import type { PeerConnection, RaftStatus } from './status.js';

/** One member of a Raft cluster: a core, run on real time, disk and network. */
export class RaftNode<Result> implements AsyncDisposable {
  readonly membership: Membership;
  /** null when it is off. */
  readonly autopilot: Autopilot | null;
  /** What this node's log holds. */
  readonly log: LogView;
  /**
   * Settles when the node has closed. Rejects with a RaftError `stopped` when it had to stop by
   * itself, because its state machine threw. Where nobody handles that, it ends the process, as any
   * unhandled rejection does.
   */
  readonly closed: Promise<void>;

  private readonly clock: Clock;
  private readonly identity: ClusterIdentity;
  private readonly core: RaftCore;
  private readonly replica: Replica<Result>;
  private readonly stores: StoreIo | null;
  private readonly driver: Driver<Result>;
  private readonly caller: Caller<Result>;
  private readonly sessions: Sessions<Result>;
  private readonly snapshots: OwnSnapshots;
  private readonly admission: Admission;
  private readonly peers: Peers;
  private readonly ring: EventRing;
  private readonly tapping: Tapping;
  private readonly handover: Handover;
  private readonly statuses: LatestWatch<RaftStatus>;
  private address = '';
  private writing = Promise.resolve();
  private failure: RaftError | null = null;
  private shuttingDown: Promise<void> | null = null;
  private settleClosed!: () => void;

  /**
   * Opens a node on its volume and starts it. A new volume makes a blank node, which does nothing
   * until it is bootstrapped or added to a cluster.
   * @throws RaftError `invalid-argument`, StorageError, and what the state machine throws when it is
   * given its snapshot, or the transport when it cannot listen. Nothing is left open.
   */
  static async open<Result>(options: RaftNodeOptions<Result>): Promise<RaftNode<Result>> {
    const { id, log, snapshots, transport } = options;
    const settings = checkedSettings(options);
    const volume = await openVolume(id, log, snapshots);
    try {
      const node = new RaftNode(options, settings, volume);
      await node.start(volume);
      return node;
    } catch (error) {
      await Promise.allSettled([transport.close(), snapshots?.close(), log.close()]);
      throw error;
    }
  }

  /** See `restoreVolume`. The node is opened afterwards, as any other. */
  static restore(options: RestoreOptions): Promise<void> {
    return restoreVolume(options);
  }

  private constructor(
    private options: RaftNodeOptions<Result>,
    private settings: Settings,
    { stored, snapshot }: OpenedVolume,
  ) {
    const { id, log, transport, clock = systemClock, random = Math.random } = options;
    const { timing, elections, limits, attributes, machine } = settings;
    const { identity } = stored;
    const { incarnation } = identity;
    this.clock = clock;
    this.identity = new ClusterIdentity(identity, attributes, log);
    const now = clock.now();
    const { leaseReads = false } = options;
    const held = { ...stored, snapshot };
    const settled = { timing, elections, limits, leaseReads };
    this.core = new RaftCore({ ...held, ...settled, id, incarnation, random, now });
    const { snapshots } = options;
    this.replica = new Replica({ ...options, tell: (event) => this.ring.push(event) });
    this.stores =
      machine === null || snapshots === undefined
        ? null
        : new StoreIo(this.replica.snapshots(machine), snapshots, log);
    this.peers = new Peers(id, transport);
    this.ring = new EventRing(() => clock.now());
    this.statuses = new LatestWatch(
      () => this.status,
      (delayMs, fire) => clock.setTimer(delayMs, fire),
    );
    this.driver = new Driver(this.core, id, settings, {
      now: () => clock.now(),
      wall: () => clock.wall(),
      random,
      setTimer: (delayMs, fire) => clock.setTimer(delayMs, fire),
      soon: setImmediate,
      write: (batch, done) => this.write(batch, done),
      wrote: (write) => this.tapping.wrote(write),
      send: (to, message) => transport.send(to, message, this.tapping.sent(to, message)),
      isConnected: (peer) => this.peers.isConnected(peer),
      apply: (entry) => this.replica.apply(entry),
      shortestTtlMs: () => this.replica.sessions.shortestTtlMs(),
      snapshots: this.stores,
      event: (event) => this.ring.push(event),
      configured: (members) => this.peers.configure(members),
      changed: () => {
        this.tapping.changed();
        this.statuses.changed();
      },
      failed: (error) => this.fail(error),
    });
    this.admission = new Admission(this.identity, {
      admit: ({ from, incarnation, message }) => this.driver.receive(from, incarnation, message),
      event: (event) => this.ring.push(event),
    });
    this.caller = new Caller(this.driver, clock, this.peers);
    this.sessions = new Sessions(this.caller, clock);
    this.membership = new Membership(this.caller, this.driver.failures, this.identity, transport);
    this.snapshots = new OwnSnapshots({
      store: snapshots,
      driver: this.driver,
      caller: this.caller,
      latest: () => this.core.snapshot,
    });
    this.log = new LogView(this.core.log);
    this.tapping = new Tapping(
      () => this.marks(),
      (error) => this.ring.push({ type: 'tap-failed', error: messageOf(error) }),
    );
    this.handover = new Handover({
      core: this.core,
      peers: this.peers,
      timeoutMs: () => this.settings.timing.electionMs[1],
      transfer: (terms) => this.transferLeadership(undefined, terms),
    });
    this.autopilot = this.createAutopilot();
    this.closed = new Promise((resolve, reject) => {
      this.settleClosed = () => (this.failure === null ? resolve() : reject(this.failure));
    });
  }

  /** What this node knows about itself now. */
  get status(): RaftStatus {
    const { incarnation, clusterId } = this.identity;
    return {
      ...this.core.status(this.clock.now()),
      incarnation,
      clusterId,
      address: this.address,
      leader: this.driver.leaderHint(),
      appliedIndex: this.driver.appliedIndex,
      sessions: this.replica.sessions.status,
      connections: this.peers.list(),
    };
  }

  /** What this node has done since it was opened. Computed when it is asked for. */
  metrics(): RaftMetrics {
    const { counters } = this.options.transport;
    return { ...this.driver.metrics(), transport: counters === undefined ? null : { ...counters } };
  }

  /**
   * Makes this blank node the first voter of a new cluster; resolves when it leads, its first entry
   * committed.
   * @throws RaftError `already-bootstrapped` when it holds state or belongs to a cluster
   */
  async bootstrap(options: CallOptions = {}): Promise<void> {
    const { id, incarnation } = this.identity;
    const { attributes } = this.settings;
    const terms = this.caller.begin({ ...options, forward: true });
    await this.caller.prepare(this.identity.found(), terms);
    const member = { id, address: this.address, incarnation, attributes } as const;
    await this.caller.order(
      { type: 'bootstrap', member: { ...member, role: 'voter', promote: false } },
      terms,
    );
  }

  /**
   * Resolves once the command is committed and applied on this node. The bytes are kept, not copied:
   * do not change them afterwards.
   * @throws RaftError, whose `outcome` says whether the command may have been applied; `key-reused`
   * when its key was used for another command
   */
  propose(command: Uint8Array, options: ProposeOptions = {}): Promise<Proposed<Result>> {
    return this.caller.propose(command, options);
  }

  /**
   * Opens a session, whose commands are applied exactly once (thesis §6.3). It keeps itself alive
   * until it is closed, or this node is.
   * @throws RaftError `overloaded` while the cluster holds 10,000 sessions
   */
  openSession(options: SessionOptions = {}): Promise<Session<Result>> {
    return this.sessions.open(options);
  }

  /**
   * Takes up a session that was opened here or at another node, perhaps by another process. Nothing is
   * asked of the cluster yet: a session that is gone shows itself at the first call.
   */
  session(place: SessionPlace): Session<Result> {
    return this.sessions.resume(place);
  }

  /**
   * Runs `query` on the state machine, synchronously, once the state is as fresh as asked for. It
   * must not change the state. What it throws, the read rejects with.
   * @throws RaftError `stale`: the state was older than `maxStaleMs` all the time; `deadline`: there
   * was no answer in time, or `minIndex` was not applied
   */
  async read<T>(query: () => T, options: ReadOptions = {}): Promise<T> {
    const terms = this.caller.begin(options);
    const needs = checkedNeeds(options);
    const { consistency, minIndex } = needs;
    const isOwn = consistency === 'local' || consistency === 'bounded';
    if (isOwn && this.core.lastIndex === 0) throw this.driver.failures.refused('not-bootstrapped');
    if (consistency === 'local' && minIndex <= this.driver.appliedIndex) {
      this.driver.meters.served('local');
      return query();
    }
    return this.caller.read(query, needs, terms);
  }

  /**
   * Resolves once everything that was committed anywhere before this call is applied on this node,
   * with the index up to which it is.
   */
  barrier(options: CallOptions = {}): Promise<LogIndex> {
    return this.read(() => this.driver.appliedIndex, options);
  }

  /** Resolves once this node has applied the entry at `index`. */
  waitForApplied(index: LogIndex, options: CallOptions = {}): Promise<void> {
    return this.read(() => undefined, { ...options, consistency: 'local', minIndex: index });
  }

  /**
   * Hands leadership to `to`, or to the voter that is furthest. Resolves when another leads.
   * @throws RaftError `not-leader`, `transfer-failed`: this node leads on, or another won
   */
  async transferLeadership(to?: NodeId, options: CallOptions = {}): Promise<void> {
    const terms = this.caller.begin({ ...options, forward: false });
    await this.caller.order({ type: 'transfer-leadership', to: to ?? null }, terms);
  }

  /**
   * Stands for election at once, although a leader lives: that one steps down if this node wins. It asks
   * first whether it can win, so that one whose log is behind disturbs nobody. Resolves when it stands,
   * with the term that it stands for; a leader has nothing to do. Where `leaseReads` is on, the others
   * refuse as long as they hear their leader.
   * @throws RaftError `not-a-voter`, `not-bootstrapped`, `removed`, `storage-fault`
   */
  async campaign(options: CallOptions = {}): Promise<Term> {
    const terms = this.caller.begin({ ...options, forward: false });
    await this.caller.order({ type: 'campaign' }, terms);
    const { role, term } = this.core;
    return role === 'pre-candidate' ? term + 1 : term;
  }

  /**
   * Changes timing and limits at once, checked as they were when the node was opened; the rest stays.
   * Give all members the same timing: a leader's heartbeats must suit its followers' patience.
   * @returns the settings in force
   * @throws RaftError `invalid-argument`, which names a setting that is wrong or cannot be changed, and
   * `stopped`. Then nothing was changed.
   */
  reconfigure(changes: Reconfiguration): Tuning {
    if (this.shuttingDown !== null) throw this.driver.failures.stopped({ outcome: 'not-applied' });
    const options = reconfigured(this.options, changes);
    const { settings: before } = this;
    this.settings = checkedSettings(options);
    this.options = options;
    const timing = differences(before.timing, this.settings.timing);
    const limits = differences(before.limits, this.settings.limits);
    if (Object.keys({ ...timing, ...limits }).length > 0) {
      this.driver.reconfigure(this.settings);
      this.ring.push({ type: 'reconfigured', timing, limits });
    }
    return { timing: this.settings.timing, limits: this.settings.limits };
  }

  /**
   * Takes a snapshot of the state as it is now, or a bit later, and resolves when it is durable. Also
   * done without being asked: see `Limits.snapshotEntries`. Default `timeoutMs` 600,000.
   * @throws RaftError `not-bootstrapped`, `invalid-argument` without a snapshot store; StorageError
   */
  snapshot(options: CallOptions = {}): Promise<SnapshotInfo> {
    return this.snapshots.take(options);
  }

  /**
   * The latest snapshot, taken now where there is none, as bytes for a file; `RaftNode.restore` takes
   * them.
   * @throws as `snapshot` does; StorageError when newer snapshots replace it before it was read whole
   */
  exportSnapshot(options: CallOptions = {}): AsyncGenerator<Uint8Array> {
    return this.snapshots.export(options);
  }

  /** The status now, and whenever it has changed; a slow reader skips, never queues. */
  watch(options: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<RaftStatus> {
    return this.statuses.read(options.signal);
  }

  /**
   * Events from `since` on (a `seq`; default: the next one). The latest 4096 are kept; what a reader
   * has missed is told as `dropped`.
   */
  events(
    options: { readonly signal?: AbortSignal; readonly since?: number } = {},
  ): AsyncIterableIterator<RaftEvent | DroppedEvents> {
    return this.ring.read(options.since, options.signal);
  }

  /** `seq` of the latest event; 0 before the first. */
  get lastEventSeq(): number {
    return this.ring.lastSeq;
  }

  /** The events behind a `seq` at once, the oldest first, at most `limit` of them. */
  eventsAfter(seq: number, limit = Infinity): LaterEvents {
    return this.ring.after(seq, limit);
  }

  /**
   * Lets `tap` listen to messages, the log and its marks, as they happen: see there how. Nothing is done
   * for it while there is none. One at a time.
   * @returns ends it
   * @throws RaftError `invalid-argument` while another taps
   */
  tap(tap: Tap): () => void {
    must(!this.tapping.isOpen, 'tap', 'alone: another one has not ended');
    return this.tapping.open(tap);
  }

  /**
   * Hands over leadership where it can, settles every open call, closes connections and log. Calls
   * from now on get `stopped`. May be called again.
   */
  close(): Promise<void> {
    this.shuttingDown ??= this.shutDown();
    return this.shuttingDown;
  }

  /** Closes it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async start({ stored, snapshot }: OpenedVolume): Promise<void> {
    const { hardState, base, entries, cut } = stored;
    if (cut !== undefined) this.ring.push({ type: 'torn-write-cut', ...cut });
    if (snapshot !== null) await this.stores?.restore(snapshot);
    const strangers = new Strangers(() => this.clock.now());
    this.address = await this.options.transport.listen({
      identity: () => this.identity.local(),
      received: (received) => {
        this.tapping.received(received);
        this.admission.received(received);
      },
      disconnected: (peer, reason) => {
        this.ring.push({ type: 'peer-lost', peer, reason });
        this.driver.peerDisconnected(peer);
      },
      refused: (remote, reason) => {
        if (!strangers.isNews(reason)) return;
        this.ring.push({ type: 'connection-refused', remote, reason });
      },
      peerState: (id, state) => this.connectionChanged({ id, ...state }),
      lost: (lost) => this.tapping.lost(lost),
      fault: (event) => this.ring.push(event),
    });
    const lastIndex = base.index + entries.length;
    this.ring.push({ type: 'started', lastIndex, term: hardState.term });
    this.driver.start(snapshot);
    this.autopilot?.start();
  }

  private createAutopilot(): Autopilot | null {
    const { autopilot: rules } = this.settings;
    if (rules === null) return null;
    return new Autopilot(rules, {
      now: () => this.clock.now(),
      setTimer: (delayMs, fire) => this.clock.setTimer(delayMs, fire),
      status: () => this.core.status(this.clock.now()),
      healthyMs: () => this.settings.timing.electionMs[1],
      remove: (id) => {
        const expectedIndex = this.core.configuration.index;
        return this.membership.remove(id, { forward: false, expectedIndex });
      },
      event: (event) => this.ring.push(event),
    });
  }

  private marks(): Marks {
    const { lastIndex: last, durableIndex: durable, commitIndex: commit } = this.core;
    return { last, durable, commit, applied: this.driver.appliedIndex };
  }

  private connectionChanged(connection: PeerConnection): void {
    const { id, connected, error } = connection;
    const before = this.peers.update(connection);
    this.statuses.changed();
    if (before === undefined || before.connected === connected) return;
    if (connected) this.ring.push({ type: 'peer-connected', peer: id });
    else this.ring.push({ type: 'peer-disconnected', peer: id, error });
    this.driver.connectionChanged(id, connected);
    if (this.shuttingDown !== null) this.handover.look();
  }

  private write(batch: readonly LogWrite[], done: (error: unknown) => void): void {
    this.writing = this.options.log.write(batch).then(() => done(null), done);
  }

  private fail(error: RaftError): void {
    this.failure = error;
    this.ring.push({ type: 'failed', error: error.message });
    void this.close();
  }

  private async shutDown(): Promise<void> {
    this.ring.push({ type: 'stopping' });
    this.autopilot?.stop();
    const handedOver = this.failure === null ? this.handover.run() : null;
    this.caller.close();
    this.sessions.close();
    await handedOver;
    this.driver.stop();
    try {
      await release({ ...this.options, idle: () => this.idle() }, this.clock);
    } finally {
      this.ring.close();
      this.statuses.close();
      this.settleClosed();
    }
  }

  private async idle(): Promise<void> {
    await this.writing;
    await this.stores?.idle();
  }
}
