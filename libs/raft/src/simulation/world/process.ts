import type { NodeId } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import type { RaftCore } from '../../core/raft-core.js';
import type { Call, CallTerms } from '../../node/calls/call.js';
import { Driver } from '../../node/driver.js';
import { rules } from '../oracles/rules.js';
import type { Subject } from '../oracles/subject.js';
import type { Random } from '../time/random.js';
import { describeStep } from '../story-lines.js';
import type { Host, Port } from './connection.js';
import type { Disk } from './disk.js';
import { Ledger } from './ledger.js';
import type { Volume } from './volume.js';
import { WatchedCore } from './watched-core.js';
import type { World } from './world.js';

/**
 * One life of a node, from its start to its crash: the product's own driver and core, on virtual
 * time, disk and network. What RaftNode does around the driver, this does with callbacks.
 */
export class Process implements Host, Subject {
  readonly core: RaftCore;
  readonly volume: Volume;
  readonly ledger = new Ledger();
  /** Since then it runs without a break. */
  awakeSince: number;
  private state: 'awake' | 'paused' | 'dead' = 'awake';
  private dueTimers: (() => void)[] = [];
  private arrived: (() => void)[] = [];
  private adopting = false;
  private readonly driver: Driver<number>;
  private readonly port: Port;

  constructor(
    readonly id: NodeId,
    private readonly disk: Disk,
    private readonly world: World,
  ) {
    const { timeline, timing, limits, oracles } = world;
    const random = world.random.fork();
    this.volume = disk.volume;
    this.awakeSince = timeline.now;
    this.core = world.createCore({
      id,
      incarnation: this.volume.incarnation,
      hardState: this.volume.image.hardState,
      entries: this.volume.image.entries,
      timing,
      limits,
      random: () => random.next(),
      now: timeline.now,
    });
    this.port = world.network.open(this);
    const watched = new WatchedCore(this.core, (before, input, effects) => {
      world.journal.counts.steps++;
      const line = describeStep(this.core, input, effects);
      world.journal.tell(id, line);
      oracles.stepped({ subject: this, before, input, effects });
    });
    this.driver = this.createDriver(watched, random);
    oracles.started(this);
    this.driver.start();
  }

  get incarnation(): string {
    return this.volume.incarnation;
  }

  get clusterId(): string | null {
    return this.volume.clusterId;
  }

  get isAlive(): boolean {
    return this.state !== 'dead';
  }

  get isAwake(): boolean {
    return this.state === 'awake';
  }

  get appliedIndex(): number {
    return this.driver.appliedIndex;
  }

  // --- life ----------------------------------------------------------------------------------------

  crash(): void {
    this.state = 'dead';
    this.dueTimers = [];
    this.arrived = [];
    this.world.network.close(this.port);
  }

  pause(): void {
    if (this.state === 'awake') this.state = 'paused';
  }

  /** Everything that has come meanwhile comes at once, timers first, as an event loop has it. */
  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'awake';
    this.awakeSince = this.world.timeline.now;
    const waiting = [...this.dueTimers, ...this.arrived];
    this.dueTimers = [];
    this.arrived = [];
    for (const act of waiting) act();
  }

  // --- callers -------------------------------------------------------------------------------------

  /** Hands in a call, which begins when the process gets to it. */
  submit(timeoutMs: number, forward: boolean, make: (terms: CallTerms) => Call<number>): void {
    this.enter(() => {
      const deadline = this.world.timeline.now + timeoutMs;
      this.driver.submit(make({ timeoutMs, deadline, forward, signal: undefined }));
    });
  }

  /** The linearizable read's query. */
  get page() {
    return this.ledger.page;
  }

  /** Makes the volume that of a new cluster, and then goes on. */
  found(clusterId: string, founded: () => void): void {
    if (this.clusterId === null) this.adopt(clusterId, founded);
    else this.enter(founded);
  }

  // --- network -------------------------------------------------------------------------------------

  received(from: NodeId, incarnation: string, message: Message): void {
    this.enter(() => {
      if (this.clusterId !== null) this.driver.receive(from, incarnation, message);
      else if (isFromLeader(message)) {
        // The first leader that turns to a blank node makes it a member of its cluster.
        this.adopt('cluster', () => this.driver.receive(from, incarnation, message));
      }
    });
  }

  disconnected(peer: NodeId): void {
    this.enter(() => this.driver.peerDisconnected(peer));
  }

  connectionChanged(peer: NodeId, connected: boolean): void {
    this.enter(() => this.driver.connectionChanged(peer, connected));
  }

  // --- inside --------------------------------------------------------------------------------------

  private createDriver(core: WatchedCore, random: Random): Driver<number> {
    const { id, world } = this;
    const { timeline, network, journal, oracles } = world;
    return new Driver<number>(core, id, world.limits, {
      now: () => timeline.now,
      random: () => random.next(),
      setTimer: (delayMs, fire) => this.setTimer(delayMs, fire),
      soon: (fire) => void this.setTimer(0, fire),
      write: (batch, done) => this.disk.write(batch, (error) => this.enter(() => done(error))),
      send: (to, message) => {
        oracles.sent(this, to, message);
        network.send(this.port, to, message);
      },
      isConnected: (peer) => network.isConnected(this.port, peer),
      apply: (command) => {
        const digest = this.ledger.apply(command);
        oracles.applied(this, this.ledger.page);
        return digest;
      },
      event: (event) => {
        if (event.type === 'bad-message') {
          journal.violate(rules.goodMessages, `${id} got one from ${event.peer}: ${event.reason}`);
        }
      },
      configured: ({ members }) =>
        network.setPeers(
          this.port,
          members.filter((member) => member.id !== id),
        ),
      changed: () => undefined,
      failed: (error) => journal.violate(rules.nodesGoOn, error.message),
    });
  }

  private setTimer(delayMs: number, fire: () => void): () => void {
    let cancelled = false;
    const act = () => {
      if (!cancelled) fire();
    };
    this.world.timeline.after(delayMs, () => {
      if (this.state === 'awake') act();
      else if (this.state === 'paused') this.dueTimers.push(act);
    });
    return () => {
      cancelled = true;
    };
  }

  /** Brings something into the process: now, after its pause, or never. */
  private enter(act: () => void): void {
    if (this.state === 'awake') act();
    else if (this.state === 'paused') this.arrived.push(act);
  }

  private adopt(clusterId: string, adopted: () => void): void {
    if (this.adopting) return;
    this.adopting = true;
    this.disk.adopt(clusterId, (error) =>
      this.enter(() => {
        this.adopting = false;
        if (error === null) adopted();
      }),
    );
  }
}

function isFromLeader({ type }: Message): boolean {
  return type === 'append-request' || type === 'heartbeat';
}
