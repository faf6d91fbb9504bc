import type { NodeId } from '../../core/entry.js';
import type { Elections } from '../../core/options.js';
import { StorageError } from '../../errors.js';
import { openVolume } from '../../node/snapshots/open-volume.js';
import { StoreIo } from '../../node/snapshots/store-io.js';
import type { StoredState } from '../../storage/log-store.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import { type ProtocolRange, PROTOCOLS } from '../../transport/protocol.js';
import type { VolumeLock } from '../../storage/volume/lock.js';
import { rules } from '../oracles/rules.js';
import type { Random, Span } from '../time/random.js';
import { damage } from './damage.js';
import { Disk, type Ending } from './disk.js';
import { Life } from './life.js';
import { Process, type ProcessOptions } from './process.js';
import { Volume } from './volume.js';
import { WatchedLog } from './watched-log.js';
import type { World } from './world.js';

const dir = '/volume';
/** Who keeps processes running tries again after so long when one could not start. */
const restartMs: Span = [100, 500];
/** People see that a volume is damaged, and empty it. */
const noticeMs: Span = [50, 1500];
const namesPlace = /\/volume\/\S+ (is damaged at byte \d+|is missing): /;

/** One machine of the cluster: a disk that stays, and a process that comes and goes. */
export class SimNode {
  readonly disk: Disk;
  /** The model of what the disk holds; null before a process has opened it for the first time. */
  volume: Volume | null = null;
  /** What runs; null while the machine is down, and while a process reads its log. */
  process: Process | null = null;
  /** Of the process, from its very start; null while there is none. */
  life: Life | null = null;
  /** What processes that start from now on speak: another version of the product, as far as peers see. */
  protocols: ProtocolRange = PROTOCOLS;
  /** Its damage is known, and nobody has emptied it yet. */
  private isSpoiled = false;
  private volumes = 0;
  private readonly random: Random;

  constructor(
    readonly id: NodeId,
    private readonly elections: Elections,
    private readonly world: World,
  ) {
    const { timeline } = world;
    this.random = world.random.fork();
    const died = () => this.died(this.random.pick(['kill', 'power-loss']));
    this.disk = new Disk(world.diskMs, timeline, world.random.fork(), died);
  }

  /** Starts a process, which is up once it has read its log. */
  start(): void {
    if (this.life !== null || this.isSpoiled) return;
    const { elections } = this;
    const { timeline, journal } = this.world;
    journal.tell(this.id, () => 'starts');
    const life = new Life(timeline);
    this.life = life;
    const log = new WatchedLog(
      this.world.product.log({
        dir,
        files: this.disk.filesFor(life),
        segmentBytes: this.world.segmentBytes,
        newIncarnation: () => `${this.id}.${++this.volumes}`,
        lock: notNeeded,
      }),
      (stored) => this.recovered(stored),
    );
    const place = { dir: `${dir}/snapshots`, files: this.disk.filesFor(life), retain: 2 };
    const snapshots = this.world.product.snapshots(place);
    this.open(log, snapshots).then(
      (start) =>
        life.enter(() => this.opened({ id: this.id, elections, life, log, snapshots, ...start })),
      (error: unknown) => life.enter(() => this.refused(error)),
    );
  }

  /** The process dies at once. */
  crash(ending: Ending): void {
    if (this.life !== null) this.died(ending);
  }

  pause(): void {
    this.world.journal.tell(this.id, () => 'is paused');
    this.life?.pause();
  }

  resume(): void {
    this.world.journal.tell(this.id, () => 'goes on');
    this.life?.resume();
  }

  /** Crashes, and its volume is emptied: under the old id it is another node from now on. */
  wipe(): void {
    this.crash('kill');
    this.world.journal.tell(this.id, () => 'loses its volume');
    this.disk.wipe();
    this.volume = null;
    this.isSpoiled = false;
  }

  /** Crashes, and some of what it had on its disk changes while it is down. */
  damage(): void {
    this.crash('kill');
    if (this.volume === null) return;
    const where = damage(this.disk.atRest, this.random);
    this.volume.isDamaged = true;
    this.world.journal.tell(this.id, () => `has its disk damaged: ${where}`);
  }

  private died(ending: Ending): void {
    this.world.journal.tell(this.id, () => `crashes (${ending})`);
    this.stop(ending);
  }

  private stop(ending: Ending): void {
    this.life?.end();
    this.process?.leave();
    this.life = null;
    this.process = null;
    this.disk.loseProcess(ending);
  }

  private recovered(stored: StoredState): Volume {
    const { journal, oracles } = this.world;
    if (this.volume === null) {
      this.volume = new Volume(stored.identity.incarnation);
      oracles.remember(this.volume);
    }
    const wrong = this.volume.recovered(stored);
    if (wrong !== null) journal.violate(rules.recovery, `${this.id} opens its volume: ${wrong}`);
    return this.volume;
  }

  /** What a process starts from: its log, and the state of its latest snapshot. */
  private async open(log: WatchedLog, snapshots: SnapshotStore) {
    const opened = await openVolume(this.id, log, snapshots);
    const { product, oracles } = this.world;
    const replica = product.replica((page) => oracles.applied(this, page));
    const { snapshot } = opened;
    const machine = replica.snapshots(replica.ledger);
    if (snapshot !== null) await new StoreIo(machine, snapshots, log).restore(snapshot);
    return { opened, replica };
  }

  private opened(start: Omit<ProcessOptions, 'volume' | 'protocols' | 'world'>): void {
    if (this.volume === null) return;
    const { id, volume, protocols, world } = this;
    const { counts } = world.journal;
    counts.starts++;
    if (start.opened.stored.cut !== undefined) counts.tornWritesCut++;
    // Log and snapshots were read.
    volume.isDamaged = false;
    const { lastIndex } = volume.image;
    world.journal.tell(id, () => `is up, its log up to ${lastIndex}`);
    this.process = new Process({ ...start, volume, protocols, world });
  }

  private refused(error: unknown): void {
    const { journal, timeline } = this.world;
    journal.tell(this.id, () => `cannot start: ${String(error)}`);
    this.stop('kill');
    const { random, volume } = this;
    if (error instanceof StorageError && error.code === 'corrupt' && volume?.isDamaged === true) {
      if (!namesPlace.test(error.message)) journal.violate(rules.damageTold, error.message);
      this.isSpoiled = true;
      journal.counts.volumesRefused++;
      timeline.after(random.between(noticeMs), () => {
        if (this.volume !== volume) return;
        this.wipe();
        this.start();
      });
    } else if (error instanceof StorageError && ['full', 'failed'].includes(error.code)) {
      timeline.after(random.between(restartMs), () => this.start());
    } else journal.violate(rules.recovery, `${this.id} cannot start: ${String(error)}`);
  }
}

/** One process at a time is what a SimNode has anyway. */
function notNeeded(): Promise<VolumeLock> {
  return Promise.resolve({ release: () => Promise.resolve() });
}
