import type { TraceRecord } from '@quorate/contract';

type Counted = Extract<TraceRecord, { kind: 'counted' }>['messages'];

/** So often, at most, the numbers are told. */
const EVERY_MS = 250;

/** Messages that are not told one by one, by peer, direction and type. */
export class MessageCounts {
  #counts = new Map<string, Counted[number]>();
  #takenAt = -Infinity;

  add(peer: string, direction: 'out' | 'in', type: string): void {
    const key = `${direction} ${type} ${peer}`;
    const counted = this.#counts.get(key);
    if (counted === undefined) this.#counts.set(key, { peer, direction, type, count: 1 });
    else counted.count += 1;
  }

  /** All since the last time; null when there were none, or it is not time yet. */
  take(now: number): Counted | null {
    if (this.#counts.size === 0 || now - this.#takenAt < EVERY_MS) return null;
    const all = [...this.#counts.values()];
    this.#counts = new Map();
    this.#takenAt = now;
    return all;
  }
}
