import type { Timeline } from '../time/timeline.js';

/** A timer fires after its time, never before it. */
const timerLagMs = 0.001;

/**
 * The time of one process, from its start to its crash. It sleeps and wakes, and has a clock of its
 * own, which may be too quick or too slow.
 */
export class Life {
  /** Since then it runs without a break. */
  awakeSince: number;
  private state: 'awake' | 'paused' | 'dead' = 'awake';
  private dueTimers: (() => void)[] = [];
  private arrived: (() => void)[] = [];
  private rate = 1;
  /** What the clock showed when its rate last changed, and when that was. */
  private shown: number;
  private since: number;
  /** How far somebody has set its wall clock from the true time. */
  private wallOffset = 0;

  constructor(private readonly timeline: Timeline) {
    this.awakeSince = timeline.now;
    this.shown = timeline.now;
    this.since = timeline.now;
  }

  get isAlive(): boolean {
    return this.state !== 'dead';
  }

  get isAwake(): boolean {
    return this.state === 'awake';
  }

  /** Its monotonic clock stands still. */
  get isAsleep(): boolean {
    return this.rate === 0;
  }

  // --- its clock -----------------------------------------------------------------------------------

  /** Milliseconds, as its monotonic clock has them. */
  get now(): number {
    return this.shown + (this.timeline.now - this.since) * this.rate;
  }

  /** Milliseconds, as its wall clock has them: it goes on while the machine sleeps, and may be set. */
  get wall(): number {
    return this.timeline.now + this.wallOffset;
  }

  setWall(byMs: number): void {
    this.wallOffset += byMs;
  }

  /** From now on its clock makes so many milliseconds of one. */
  drift(rate: number): void {
    this.shown = this.now;
    this.since = this.timeline.now;
    this.rate = rate;
  }

  setTimer(delayMs: number, fire: () => void): () => void {
    let cancelled = false;
    const act = () => {
      if (!cancelled) fire();
    };
    this.timeline.after(delayMs / this.rate + timerLagMs, () => {
      if (this.state === 'awake') act();
      else if (this.state === 'paused') this.dueTimers.push(act);
    });
    return () => {
      cancelled = true;
    };
  }

  // --- what happens to it --------------------------------------------------------------------------

  /** Brings something into the process: now, after its pause, or never. */
  enter(act: () => void): void {
    if (this.state === 'awake') act();
    else if (this.state === 'paused') this.arrived.push(act);
  }

  pause(): void {
    if (this.state === 'awake') this.state = 'paused';
  }

  /** Everything that has come meanwhile comes at once, timers first, as an event loop has it. */
  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'awake';
    this.awakeSince = this.timeline.now;
    const waiting = [...this.dueTimers, ...this.arrived];
    this.dueTimers = [];
    this.arrived = [];
    for (const act of waiting) this.enter(act);
  }

  end(): void {
    this.state = 'dead';
    this.dueTimers = [];
    this.arrived = [];
  }
}
