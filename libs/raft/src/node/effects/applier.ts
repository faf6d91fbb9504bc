import type { Entry, LogIndex } from '../../core/entry.js';

/** Time to apply without a break. A long backlog must not keep heartbeats and votes waiting. */
const sliceMs = 5;
const entriesBetweenLooks = 32;

export interface ApplierPorts {
  now(): number;
  soon(fire: () => void): void;
  apply(entry: Entry): void;
  /** A run of entries is applied; others may wait their turn. */
  advanced(): void;
}

/** Hands committed entries to the state machine, in order, in slices. */
export class Applier {
  private readonly ports: ApplierPorts;
  private backlog: (readonly Entry[])[] = [];
  /** Position in the first piece of the backlog. */
  private position = 0;
  private applied: LogIndex = 0;
  private paused = false;
  private held = false;
  private stopped = false;

  constructor(ports: ApplierPorts) {
    this.ports = ports;
  }

  get appliedIndex(): LogIndex {
    return this.applied;
  }

  /** How many entries wait their turn. */
  get waiting(): number {
    return this.backlog.reduce((sum, { length }) => sum + length, 0) - this.position;
  }

  push(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.backlog.push(entries);
    if (!this.paused && !this.held) this.runSlice();
  }

  /** The state is about to be replaced, and what waits is part of what comes: apply nothing. */
  hold(): void {
    this.held = true;
    this.backlog = [];
    this.position = 0;
  }

  /** The state is that after the entry at `index`: those behind it follow. */
  resumeAt(index: LogIndex): void {
    this.held = false;
    this.applied = index;
    if (!this.paused) this.runSlice();
  }

  stop(): void {
    this.stopped = true;
    this.backlog = [];
  }

  private runSlice(): void {
    const { ports } = this;
    const end = ports.now() + sliceMs;
    let sinceLook = 0;
    for (let entry = this.take(); entry !== undefined; entry = this.take()) {
      ports.apply(entry);
      if (this.stopped) return;
      this.applied = entry.index;
      if (++sinceLook < entriesBetweenLooks) continue;
      sinceLook = 0;
      if (ports.now() < end) continue;
      this.pause();
      break;
    }
    ports.advanced();
  }

  private take(): Entry | undefined {
    const piece = this.backlog[0];
    if (piece === undefined) return undefined;
    const entry = piece[this.position++];
    if (this.position === piece.length) {
      this.backlog.shift();
      this.position = 0;
    }
    return entry;
  }

  private pause(): void {
    this.paused = true;
    this.ports.soon(() => {
      if (this.stopped) return;
      this.paused = false;
      if (!this.held) this.runSlice();
    });
  }
}
