import type { NodeId } from '../../core/entry.js';
import type { Elections } from '../../core/options.js';
import { Disk } from './disk.js';
import { Process } from './process.js';
import { Volume } from './volume.js';
import type { World } from './world.js';

/** One machine of the cluster: a disk that stays, and a process that comes and goes. */
export class SimNode {
  readonly disk: Disk;
  process: Process | null = null;
  private volumes = 0;

  constructor(
    readonly id: NodeId,
    private readonly elections: Elections,
    private readonly world: World,
  ) {
    this.disk = new Disk(this.newVolume(), world.diskMs, world.timeline, world.random.fork());
  }

  start(): void {
    if (this.process !== null) return;
    this.world.journal.tell(this.id, () => 'starts');
    this.process = new Process(this.id, this.elections, this.disk, this.world);
  }

  crash(): void {
    if (this.process === null) return;
    this.world.journal.tell(this.id, () => 'crashes');
    this.process.crash();
    this.process = null;
    this.disk.loseProcess();
  }

  pause(): void {
    this.world.journal.tell(this.id, () => 'is paused');
    this.process?.pause();
  }

  resume(): void {
    this.world.journal.tell(this.id, () => 'goes on');
    this.process?.resume();
  }

  /** Crashes, and its volume is emptied: under the old id it is another node from now on. */
  wipe(): void {
    this.crash();
    this.world.journal.tell(this.id, () => 'loses its volume');
    this.disk.volume = this.newVolume();
  }

  private newVolume(): Volume {
    const volume = new Volume(`${this.id}.${++this.volumes}`);
    this.world.oracles.remember(volume);
    return volume;
  }
}
