import type { MemoryTransport } from './memory-transport.js';

/** Messages on their way in the whole network; more are lost. */
const MAX_IN_FLIGHT = 65_536;

/** What lies between the transports of a memory network: who listens where, what is cut, what is on its way. */
export class MemoryWire {
  private readonly listening = new Map<string, MemoryTransport>();
  private readonly cuts = new Map<string, Set<string>>();
  private onTheirWay: (() => void)[] = [];

  /** @returns false when another transport listens at that address. */
  attach(address: string, transport: MemoryTransport): boolean {
    if (this.listening.has(address)) return false;
    this.listening.set(address, transport);
    return true;
  }

  detach(address: string): void {
    this.listening.delete(address);
  }

  /** Who answers at `to` when `from` calls; null when nobody does or the way is cut. */
  find(from: string, to: string): MemoryTransport | null {
    return this.isCut(from, to) ? null : (this.listening.get(to) ?? null);
  }

  cut(one: string, other: string): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      this.cuts.set(from, (this.cuts.get(from) ?? new Set()).add(to));
    }
  }

  heal(): void {
    this.cuts.clear();
  }

  /** Delivers in a later turn of the event loop, unless the way is cut by then. */
  carry(from: string, to: string, deliver: () => void): void {
    if (this.onTheirWay.length >= MAX_IN_FLIGHT) return;
    this.later(() => {
      if (!this.isCut(from, to)) deliver();
    });
  }

  /** Runs `task` in a later turn of the event loop, behind everything that is on its way. */
  later(task: () => void): void {
    if (this.onTheirWay.push(task) > 1) return;
    setImmediate(() => {
      const arrived = this.onTheirWay;
      this.onTheirWay = [];
      for (const arrive of arrived) arrive();
    });
  }

  private isCut(from: string, to: string): boolean {
    return this.cuts.get(from)?.has(to) ?? false;
  }
}
