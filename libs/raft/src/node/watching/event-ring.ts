import type { CoreEvent } from '../../core/event.js';
import type { DroppedEvents, RaftEvent, RunnerEvent } from '../event.js';
import { Feeds } from './feed.js';

const defaultCapacity = 4096;

/** What came behind a reader's place. */
export interface LaterEvents {
  /** Oldest first. */
  readonly events: readonly RaftEvent[];
  /** How many of them are not kept any more. */
  readonly dropped: number;
}

/** The latest events of a node. Readers follow it at their own pace and never hold it up. */
export class EventRing {
  private readonly ring: RaftEvent[] = [];
  private readonly feeds = new Feeds<RaftEvent | DroppedEvents>();
  /** `seq` of the next event. */
  private next = 1;

  constructor(
    private readonly now: () => number,
    private readonly capacity = defaultCapacity,
  ) {}

  push(event: CoreEvent | RunnerEvent): void {
    const seq = this.next++;
    this.ring[seq % this.capacity] = { ...event, seq, at: this.now(), time: Date.now() };
    this.feeds.wake();
  }

  /** `seq` of the latest event; 0 before the first. */
  get lastSeq(): number {
    return this.next - 1;
  }

  /** The events behind `seq`, at most `limit` of them. */
  after(seq: number, limit: number): LaterEvents {
    const from = Math.max(seq + 1, this.oldest);
    const end = Math.min(from + limit, this.next);
    const events: RaftEvent[] = [];
    for (let next = from; next < end; next++) {
      const event = this.ring[next % this.capacity];
      if (event !== undefined) events.push(event);
    }
    return { events, dropped: Math.max(0, Math.min(from, this.next) - seq - 1) };
  }

  /** @param since the first `seq` to read; by default the next one */
  read(since?: number, signal?: AbortSignal): AsyncIterableIterator<RaftEvent | DroppedEvents> {
    let cursor = Math.min(since ?? this.next, this.next);
    const pull = (): RaftEvent | DroppedEvents | undefined => {
      const missing = this.oldest - cursor;
      if (missing > 0) {
        cursor = this.oldest;
        return { type: 'dropped', count: missing };
      }
      return cursor < this.next ? this.ring[cursor++ % this.capacity] : undefined;
    };
    return this.feeds.open(pull, signal);
  }

  /** What was told until now can still be read; readers end after it. */
  close(): void {
    this.feeds.close();
  }

  private get oldest(): number {
    return Math.max(1, this.next - this.capacity);
  }
}
