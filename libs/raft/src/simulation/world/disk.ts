import {
  type Fault,
  FaultyFiles,
  type FaultyFilesOptions,
  type FileOperation,
} from '../../storage/files/faulty-files.js';
import type { VolumeFiles } from '../../storage/files/volume-files.js';
import type { Random, Span } from '../time/random.js';
import type { Timeline } from '../time/timeline.js';
import type { Life } from './life.js';
import { type Operation, TimedFiles, type Turn } from './timed-files.js';

/** What a process's end does to what it had not synced. */
export type Ending = 'kill' | 'power-loss';

/** Operations that wait for the platter. All others end in the system's memory, at once. */
const waits: ReadonlySet<Operation> = new Set([
  'create',
  'datasync',
  'syncDirectory',
  'makeDirectory',
  'read',
]);

/** Operations that a failing disk refuses, and how often. */
export interface Failing {
  readonly operations: ReadonlySet<Operation>;
  readonly chance: number;
}

/** Such an operation, the first from now on or a later one, does not end. */
export interface Dying {
  readonly strikes: (operation: FileOperation) => boolean;
  left: number;
}

/** The disk of one machine: it takes time, is full, fails or hangs for a while, and outlives processes. */
export class Disk {
  full = false;
  failing: Failing | null = null;
  /** How many times longer than usual everything takes. */
  slowness = 1;
  /** When the process is to die in the middle of an operation. */
  dying: Dying | null = null;
  /** What waits while everything hangs; null while nothing does. */
  private stalled: (() => void)[] | null = null;
  private files: FaultyFiles;
  private ending: Ending | null = null;
  private readonly options: FaultyFilesOptions;

  constructor(
    private readonly latencyMs: Span,
    private readonly timeline: Timeline,
    private readonly random: Random,
    /** The process has died in the middle of an operation. */
    private readonly crashed: () => void,
  ) {
    this.options = { random: () => random.next(), fault: (operation) => this.fault(operation) };
    this.files = new FaultyFiles(this.options);
  }

  /** The file system for a process that starts now. */
  filesFor(life: Life): VolumeFiles {
    const turn: Turn = (operation, act) => this.turn(operation, act);
    return new TimedFiles(this.atRest, life, this.timeline, turn);
  }

  /** What lies on the disk when no process runs. */
  get atRest(): FaultyFiles {
    if (this.ending !== null) this.files = this.files.restart(this.ending, this.options);
    this.ending = null;
    return this.files;
  }

  /** The process is gone. */
  loseProcess(ending: Ending): void {
    this.ending = ending;
    this.dying = null;
  }

  wipe(): void {
    this.files = new FaultyFiles(this.options);
    this.ending = null;
  }

  /** From now on nothing that begins ends. */
  stall(): void {
    this.stalled ??= [];
  }

  /** Everything goes on. */
  goOn(): void {
    const waiting = this.stalled ?? [];
    this.stalled = null;
    for (const act of waiting) act();
  }

  private turn(operation: Operation, act: () => void): void {
    const { timeline, slowness, random, latencyMs } = this;
    if (this.stalled !== null) this.stalled.push(() => this.turn(operation, act));
    else if (waits.has(operation)) timeline.after(random.between(latencyMs) * slowness, act);
    else act();
  }

  private fault(operation: FileOperation): Fault | null {
    const { kind, grows } = operation;
    if (this.isEndOf(operation)) {
      this.dying = null;
      this.crashed();
      return 'crash';
    }
    if (this.full && grows) return 'ENOSPC';
    const { failing } = this;
    return failing?.operations.has(kind) === true && this.random.chance(failing.chance)
      ? 'EIO'
      : null;
  }

  private isEndOf(operation: FileOperation): boolean {
    const { dying } = this;
    return dying?.strikes(operation) === true && --dying.left <= 0;
  }
}
