import { EventQueue, type PlannedEvent } from './event-queue.js';

/** Virtual time: it stands still while something happens, and then jumps to what happens next. */
export class Timeline {
  private readonly queue = new EventQueue();
  private time = 0;
  private hasPromises = false;

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

  /** To be told by whoever settles a promise: all that follows from it happens at this moment. */
  promised(): void {
    this.hasPromises = true;
  }

  /** Lets time pass until `end`, or until `isOver` says so after an event. */
  async runUntil(end: number, isOver: () => boolean): Promise<void> {
    for (;;) {
      if (this.hasPromises) await this.drain();
      if (isOver()) return;
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

  /** Nothing here waits for the real world, so one turn of the event loop ends every promise's chain. */
  private async drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.hasPromises = false;
  }
}
