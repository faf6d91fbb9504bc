import { EventQueue, type PlannedEvent } from './event-queue.js';

/** Virtual time: it stands still while something happens, and then jumps to what happens next. */
export class Timeline {
  private readonly queue = new EventQueue();
  private time = 0;

  /** Milliseconds since the start of the run. */
  get now(): number {
    return this.time;
  }

  /** Calls `fire` once, later, unless the returned function is called first. */
  after(delayMs: number, fire: () => void): () => void {
    const event: PlannedEvent = { at: this.time + Math.max(0, delayMs), fire, cancelled: false };
    this.queue.add(event);
    return () => {
      event.cancelled = true;
    };
  }

  /** Lets time pass until `end`, or until `isOver` says so after an event. */
  runUntil(end: number, isOver: () => boolean): void {
    while (!isOver()) {
      const next = this.queue.peek();
      if (next === undefined || next.at > end) {
        this.time = Math.max(this.time, end);
        return;
      }
      this.queue.take();
      if (next.cancelled) continue;
      this.time = next.at;
      next.fire();
    }
  }
}
