import type { NodeId } from '../../core/entry.js';
import type { Random } from '../time/random.js';
import type { Timeline } from '../time/timeline.js';
import { type Barrier, calm, type Conditions } from './conditions.js';

interface Held {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly arrive: () => void;
}

/** What lies between the nodes: it delays, reorders and loses, and is closed in places. */
export class Air {
  private readonly barriers = new Set<Barrier>();
  private readonly storms = new Set<Conditions>();
  private held: Held[] = [];

  constructor(
    private usual: Conditions,
    private readonly timeline: Timeline,
    private readonly random: Random,
  ) {}

  get conditions(): Conditions {
    return [...this.storms].at(-1) ?? this.usual;
  }

  raise(barrier: Barrier): void {
    this.barriers.add(barrier);
  }

  remove(barrier: Barrier): void {
    this.barriers.delete(barrier);
    const waiting = this.held;
    this.held = [];
    for (const { from, to, arrive } of waiting) this.travel(from, to, arrive);
  }

  startStorm(conditions: Conditions): void {
    this.storms.add(conditions);
  }

  endStorm(conditions: Conditions): void {
    this.storms.delete(conditions);
  }

  /** From now on nothing is lost, late, doubled, garbled or blocked. */
  heal(): void {
    this.storms.clear();
    this.usual = calm;
    for (const barrier of [...this.barriers]) this.remove(barrier);
  }

  passes(from: NodeId, to: NodeId): boolean {
    return this.barrier(from, to) === undefined;
  }

  travel(from: NodeId, to: NodeId, arrive: () => void): void {
    const { random, timeline } = this;
    const { delayMs, lateChance, lateMs } = this.conditions;
    const late = random.chance(lateChance) ? random.between(lateMs) : 0;
    timeline.after(random.between(delayMs) + late, () => {
      const barrier = this.barrier(from, to);
      if (barrier === undefined) arrive();
      else if (barrier.mode === 'clogged') this.held.push({ from, to, arrive });
    });
  }

  private barrier(from: NodeId, to: NodeId): Barrier | undefined {
    for (const barrier of this.barriers) if (barrier.blocks(from, to)) return barrier;
    return undefined;
  }
}
