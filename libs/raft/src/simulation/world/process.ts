import type { NodeId } from '../../core/entry.js';
import type { CoreEvent } from '../../core/event.js';
import type { Elections } from '../../core/options.js';
import type { RaftCore } from '../../core/raft-core.js';
import type { Call, CallTerms } from '../../node/calls/call.js';
import { Admission } from '../../node/cluster/admission.js';
import { ClusterIdentity } from '../../node/cluster/cluster-identity.js';
import type { Driver } from '../../node/driver.js';
import type { RunnerEvent } from '../../node/event.js';
import type { OpenedVolume } from '../../node/snapshots/open-volume.js';
import type { LogStore } from '../../storage/log-store.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import type { ProtocolRange } from '../../transport/protocol.js';
import type { Received } from '../../transport/transport.js';
import { rules } from '../oracles/rules.js';
import type { Subject } from '../oracles/subject.js';
import type { SnapshotMachine } from '../../node/snapshots/store-io.js';
import type { Random } from '../time/random.js';
import { describeStep } from '../story-lines.js';
import type { Host, Port } from './connection.js';
import type { Ledger, Sight } from './ledger.js';
import type { SimReplica } from './sim-replica.js';
import type { Life } from './life.js';
import { SimStoreIo } from './sim-store-io.js';
import type { Volume } from './volume.js';
import { WatchedCore } from './watched-core.js';
import type { World } from './world.js';

export interface ProcessOptions {
  readonly id: NodeId;
  readonly elections: Elections;
  readonly life: Life;
  readonly log: LogStore;
  readonly snapshots: SnapshotStore;
  /** What was there when they were opened. */
  readonly opened: OpenedVolume;
  /** As the snapshot has it. */
  readonly replica: SimReplica;
  readonly volume: Volume;
  readonly protocols: ProtocolRange;
  readonly world: World;
}

/**
 * One life of a node, once its log is read: the product's own driver and core, on virtual time, disk
 * and network. What RaftNode does around the driver, this does with callbacks.
 */
export class Process implements Host, Subject {
  readonly id: NodeId;
  readonly life: Life;
  readonly volume: Volume;
  readonly protocols: ProtocolRange;
  readonly core: RaftCore;
  private readonly replica: SimReplica;
  private readonly world: World;
  private readonly log: LogStore;
  private readonly stores: SimStoreIo;
  private readonly identity: ClusterIdentity;
  private readonly admission: Admission;
  private readonly driver: Driver<Sight>;
  private readonly port: Port;

  constructor(options: ProcessOptions) {
    const { id, life, log, snapshots, opened, replica, volume, elections, world } = options;
    const { timing, limits, oracles, network, journal, timeline } = world;
    const { stored, snapshot } = opened;
    const random = world.random.fork();
    this.id = id;
    this.protocols = options.protocols;
    this.life = life;
    this.log = log;
    this.replica = replica;
    const machine = replica.snapshots(this.machine());
    this.stores = new SimStoreIo(machine, snapshots, log, life, timeline);
    this.volume = volume;
    this.world = world;
    this.identity = new ClusterIdentity(stored.identity, {}, log);
    this.core = world.product.core({
      ...stored,
      id,
      incarnation: this.incarnation,
      snapshot,
      timing,
      elections,
      limits,
      leaseReads: world.leaseReads,
      random: () => random.next(),
      now: life.now,
    });
    this.port = network.open(this);
    const watched = new WatchedCore(this.core, (before, input, effects) => {
      journal.counts.steps++;
      journal.tell(id, describeStep(this.core, input, effects));
      oracles.stepped({ subject: this, before, input, effects });
    });
    this.driver = this.createDriver(watched, random);
    this.admission = new Admission(this.identity, {
      admit: ({ from, incarnation, message }) => this.driver.receive(from, incarnation, message),
      event: (event) => this.told(event),
    });
    oracles.started(this);
    this.driver.start(snapshot);
  }

  get incarnation(): string {
    return this.identity.incarnation;
  }

  get clusterId(): string | null {
    return this.identity.clusterId;
  }

  get isAwake(): boolean {
    return this.life.isAwake;
  }

  get ledger(): Ledger {
    return this.replica.ledger;
  }

  get appliedIndex(): number {
    return this.driver.appliedIndex;
  }

  /** Gives up its place on the network: it is dead. */
  leave(): void {
    this.world.network.close(this.port);
  }

  // --- callers -------------------------------------------------------------------------------------

  /** Hands in a call, which begins when the process gets to it. */
  submit(timeoutMs: number, forward: boolean, make: (terms: CallTerms) => Call<Sight>): void {
    this.life.enter(() => {
      const deadline = this.life.now + timeoutMs;
      this.driver.submit(make({ timeoutMs, deadline, forward, signal: undefined }));
    });
  }

  /** Makes the volume that of a new cluster, and then goes on; or does not. */
  found(founded: () => void): void {
    this.world.timeline.promised();
    this.identity.found().then(
      () => this.life.enter(founded),
      () => undefined,
    );
  }

  // --- network -------------------------------------------------------------------------------------

  received(received: Received): void {
    this.life.enter(() => {
      if (this.clusterId === null) this.world.timeline.promised();
      this.admission.received(received);
    });
  }

  disconnected(peer: NodeId): void {
    this.life.enter(() => this.driver.peerDisconnected(peer));
  }

  connectionChanged(peer: NodeId, connected: boolean): void {
    this.life.enter(() => this.driver.connectionChanged(peer, connected));
  }

  // --- inside --------------------------------------------------------------------------------------

  /** The ledger; a state that it takes over is looked at like one that it has applied. */
  private machine(): SnapshotMachine {
    return {
      snapshot: () => this.ledger.snapshot(),
      restore: () => {
        const state = this.ledger.restore();
        return {
          write: (chunk) => state.write(chunk),
          finish: () => {
            state.finish();
            this.world.journal.counts.snapshotsRestored++;
            this.world.oracles.applied(this, this.ledger.page);
          },
        };
      },
    };
  }

  private createDriver(core: WatchedCore, random: Random): Driver<Sight> {
    const { id, life, world } = this;
    const { network, journal, oracles } = world;
    return world.product.driver(core, id, world, {
      now: () => life.now,
      wall: () => life.wall,
      random: () => random.next(),
      setTimer: (delayMs, fire) => life.setTimer(delayMs, fire),
      soon: (fire) => void life.setTimer(0, fire),
      write: (batch, done) => {
        world.timeline.promised();
        this.log.write(batch).then(
          () => life.enter(() => done(null)),
          (error: unknown) => life.enter(() => done(error)),
        );
      },
      wrote: () => undefined,
      send: (to, message) => {
        oracles.sent(this, to, message);
        network.send(this.port, to, message);
      },
      isConnected: (peer) => network.isConnected(this.port, peer),
      apply: (entry) => this.replica.apply(entry),
      shortestTtlMs: () => this.replica.sessions.shortestTtlMs(),
      snapshots: this.stores,
      event: (event) => this.told(event),
      configured: (members) =>
        network.setPeers(
          this.port,
          members.filter((member) => member.id !== id),
        ),
      changed: () => undefined,
      failed: (error) => journal.violate(rules.nodesGoOn, error.message),
    });
  }

  private told(event: CoreEvent | RunnerEvent): void {
    if (event.type === 'snapshot-taken') this.world.journal.counts.snapshotsTaken++;
    if (event.type !== 'bad-message') return;
    const detail = `${this.id} got one from ${event.peer}: ${event.reason}`;
    this.world.journal.violate(rules.goodMessages, detail);
  }
}
