import type { Read } from './call.js';

export interface BoundedReadsPorts {
  /** How old this node's state is now, at most, in milliseconds. */
  staleness(): number;
  serve(read: Read): void;
}

/** Reads that take a state which is a little old, and wait where it is older. */
export class BoundedReads {
  private waiting: Read[] = [];

  constructor(private readonly ports: BoundedReadsPorts) {}

  add(read: Read): void {
    this.waiting.push(read);
    this.look();
  }

  /** Something of what this node knows may have changed. */
  look(): void {
    if (this.waiting.length === 0) return;
    const { waiting } = this;
    const staleness = this.ports.staleness();
    this.waiting = waiting.filter(({ needs }) => needs.maxStaleMs < staleness);
    for (const read of waiting) if (read.needs.maxStaleMs >= staleness) this.ports.serve(read);
  }

  /** Lets go of reads whose callers have gone. */
  tidy(): void {
    this.waiting = this.waiting.filter(({ open }) => open);
  }
}
