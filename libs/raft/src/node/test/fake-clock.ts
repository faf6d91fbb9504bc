import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../options.js';

/** Turns of the event loop in which nodes say what they have to say to each other. */
const turnsBetweenTimers = 5;

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock for nodes of one process that goes only when it is told to. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  wall(): number {
    return this.time;
  }

  setTimer(delayMs: number, fire: () => void): () => void {
    const timer = { at: this.time + delayMs, fire };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Fires what is due meanwhile, in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (let due = this.next(end); due !== null; due = this.next(end)) {
      this.time = Math.max(this.time, due.at);
      this.timers.delete(due);
      due.fire();
      await this.settle();
    }
    this.time = end;
    await this.settle();
  }

  /** The processes sleep: time goes, and nothing happens. */
  sleep(ms: number): void {
    this.time += ms;
  }

  /** Lets time pass until the work is done. */
  async meanwhile<T>(work: Promise<T>): Promise<T> {
    let isDone = false as boolean;
    const settled = work.finally(() => (isDone = true));
    settled.catch(() => undefined);
    for (let turn = 0; !isDone; turn++) {
      if (turn > 10_000) throw new Error('the work never comes to an end');
      await this.pass(10);
    }
    return settled;
  }

  private async settle(): Promise<void> {
    for (let turn = 0; turn < turnsBetweenTimers; turn++) await setImmediate();
  }

  private next(end: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.timers) {
      if (timer.at <= end && timer.at < (first?.at ?? Infinity)) first = timer;
    }
    return first;
  }
}
