import type { LogIndex } from '../../core/entry.js';
import type { ReadNeeds } from '../../node/calls/call.js';
import type { Consistency } from '../../node/options.js';
import type { Wish } from '../oracles/history.js';
import type { Random, Span } from '../time/random.js';
import type { Cluster } from '../world/cluster.js';
import type { Caller } from './caller.js';

const timeoutMs: Span = [300, 3000];
const forwardChance = 0.9;
const leaderChance = 0.5;
const readChance = 0.4;
const consistencies: readonly Consistency[] = [
  'linearizable',
  'linearizable',
  'lease',
  'lease',
  'bounded',
  'local',
];
const maxStaleMs: Span = [100, 2000];
const ownWriteChance = 0.3;
const burstChance = 0.2;
const maxBurst = 8;
/** How long a client waits for a call of a process that died or sleeps, after its deadline. */
const patienceMs = 200;

export interface ClientsOptions {
  readonly count: number;
  /** How many keys there are. */
  readonly keys: number;
  /** Of a command. What fits into one sector of a disk cannot be torn. */
  readonly maxBytes: number;
  /** Each client's time between two calls. */
  readonly thinkMs: Span;
}

/** Clients that write and read through any node, one call (or one burst of writes) at a time each. */
export class Clients {
  private stopped = false;
  private lastWrite: LogIndex = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly caller: Caller,
    private readonly random: Random,
    private readonly options: ClientsOptions,
  ) {}

  start(): void {
    for (let client = 0; client < this.options.count; client++) this.think();
  }

  stop(): void {
    this.stopped = true;
  }

  private think(): void {
    const { timeline } = this.cluster.world;
    timeline.after(this.random.between(this.options.thinkMs), () => {
      if (!this.stopped) this.act();
    });
  }

  private act(): void {
    const { cluster, random, caller } = this;
    const running = cluster.running();
    if (running.length === 0) {
      this.think();
      return;
    }
    // Some go where they find a leader: who was deposed, and does not know it, must be asked too.
    const leaders = running.filter(({ core }) => core.role === 'leader');
    const toLeader = leaders.length > 0 && random.chance(leaderChance);
    const process = random.pick(toLeader ? leaders : running);
    const options = {
      timeoutMs: random.between(timeoutMs),
      forward: random.chance(forwardChance),
    };
    if (random.chance(readChance)) {
      const look = { key: drawKey(random, this.options.keys), needs: this.drawNeeds() };
      caller.read(process, options, look, this.waitFor(1, options.timeoutMs));
      return;
    }
    const writes = random.chance(burstChance) ? random.integer([2, maxBurst]) : 1;
    const ended = this.waitFor(writes, options.timeoutMs);
    for (let write = 0; write < writes; write++) {
      const placed = (index: LogIndex) => (this.lastWrite = index);
      caller.write(process, options, drawWish(random, this.options), ended, placed);
    }
  }

  /** Some read what they have just written, wherever they ask. */
  private drawNeeds(): ReadNeeds {
    const { random } = this;
    return {
      consistency: random.pick(consistencies),
      maxStaleMs: random.between(maxStaleMs),
      minIndex: random.chance(ownWriteChance) ? this.lastWrite : 0,
    };
  }

  /** Thinks again once so many calls have ended, or after its patience has. */
  private waitFor(calls: number, timeout: number): () => void {
    let missing = calls;
    const cancel = this.cluster.world.timeline.after(timeout + patienceMs, () => {
      missing = 0;
      this.think();
    });
    return () => {
      if (--missing !== 0) return;
      cancel();
      this.think();
    };
  }
}

/** Few keys, so that clients get into each other's way. */
function drawKey(random: Random, keys: number): number {
  return random.integer([1, keys]);
}

export function drawWish(
  random: Random,
  { keys, maxBytes }: Pick<ClientsOptions, 'keys' | 'maxBytes'>,
): Wish {
  const type = random.pick(['set', 'set', 'compare-and-set', 'compare-and-set', 'remove'] as const);
  return { key: drawKey(random, keys), type, bytes: random.integer([0, maxBytes]) };
}
