import type { Span } from '../time/random.js';
import { demotion, election, removal, transfer } from './cluster-faults.js';
import {
  damage,
  diskFailure,
  diskStall,
  fullDisk,
  slowDisk,
  unreadableDisk,
} from './disk-faults.js';
import type { Fault, FaultKind, Stage } from './fault.js';
import {
  bridge,
  brokenConnection,
  isolate,
  noise,
  oneWay,
  split,
  storm,
} from './network-faults.js';
import { clockDrift, clockJump, sleep } from './clock-faults.js';
import {
  crash,
  crashInWrite,
  oldVersion,
  pause,
  powerLoss,
  restartStorm,
  wipe,
} from './node-faults.js';

const faults: Readonly<Record<FaultKind, Fault>> = {
  crash,
  'crash-in-write': crashInWrite,
  'power-loss': powerLoss,
  'restart-storm': restartStorm,
  pause,
  wipe,
  split,
  isolate,
  'one-way': oneWay,
  bridge,
  'broken-connection': brokenConnection,
  storm,
  noise,
  'disk-failure': diskFailure,
  'unreadable-disk': unreadableDisk,
  'full-disk': fullDisk,
  'slow-disk': slowDisk,
  'disk-stall': diskStall,
  damage,
  sleep,
  'clock-drift': clockDrift,
  'clock-jump': clockJump,
  'old-version': oldVersion,
  transfer,
  election,
  removal,
  demotion,
};

export interface FaultsOptions {
  /** The kinds that strike in this run. */
  readonly kinds: readonly FaultKind[];
  /** Time between two of them. */
  readonly everyMs: Span;
}

/** Lets faults strike, one after the other or several at once, until everything is healed. */
export class Faults {
  private readonly ends = new Set<() => void>();
  private healed = false;

  constructor(
    private readonly stage: Stage,
    private readonly options: FaultsOptions,
  ) {}

  start(): void {
    const { cluster, random } = this.stage;
    cluster.world.timeline.after(random.between(this.options.everyMs), () => {
      if (this.healed) return;
      this.strike(random.pick(this.options.kinds));
      this.start();
    });
  }

  /** Ends every fault; there will be no other. */
  heal(): void {
    this.healed = true;
    for (const end of [...this.ends]) end();
  }

  private strike(kind: FaultKind): void {
    const { cluster, random } = this.stage;
    const { timeline, journal } = cluster.world;
    const fault = faults[kind];
    const lastsMs = random.early(fault.lastsMs);
    const heal = fault.strike(this.stage);
    if (heal === null) return;
    journal.counts.faults[kind]++;
    journal.tell('FAULT', () => `${kind}, ${lastsMs.toFixed(0)} ms`);
    const end = () => {
      if (!this.ends.delete(end)) return;
      journal.tell('FAULT', () => `${kind} ends`);
      heal();
    };
    this.ends.add(end);
    timeline.after(lastsMs, end);
  }
}
