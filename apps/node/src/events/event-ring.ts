import type { NodeEvent } from '@quorate/contract';

export interface Missed {
  /** Oldest first. */
  readonly events: NodeEvent[];
  /** How many came after the reader's place but are no longer kept. */
  readonly dropped: number;
}

/**
 * The latest events of this run of the process, and no more of them than `capacity`: the oldest go
 * first, and a reader who comes back later is told how many it has missed for good.
 */
export class EventRing {
  readonly #slots: NodeEvent[] = [];
  #first = 1;
  #last = 0;

  constructor(private readonly capacity: number) {}

  /** `seq` of the latest event; 0 before the first. */
  get lastSeq(): number {
    return this.#last;
  }

  /** Takes the event that follows the last one. What `seq` skips counts as dropped. */
  push(event: NodeEvent): void {
    if (event.seq !== this.#last + 1) this.#first = event.seq;
    this.#last = event.seq;
    this.#first = Math.max(this.#first, event.seq - this.capacity + 1);
    this.#slots[event.seq % this.capacity] = event;
  }

  /** The events behind `seq`, at most `limit` of them. */
  after(seq: number, limit: number): Missed {
    const from = Math.max(seq + 1, this.#first);
    const to = Math.min(this.#last, from + limit - 1);
    const events: NodeEvent[] = [];
    for (let next = from; next <= to; next++) {
      const event = this.#slots[next % this.capacity];
      if (event !== undefined) events.push(event);
    }
    return { events, dropped: Math.max(0, Math.min(from, this.#last + 1) - seq - 1) };
  }
}
