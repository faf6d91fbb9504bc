/** Something that will happen. */
export interface PlannedEvent {
  /** Virtual milliseconds. */
  readonly at: number;
  readonly fire: () => void;
  cancelled: boolean;
}

interface Queued {
  readonly event: PlannedEvent;
  /** Of two events at the same time, the one planned first comes first. */
  readonly order: number;
}

/** Planned events in the order of their time: a binary heap. */
export class EventQueue {
  private readonly heap: Queued[] = [];
  private planned = 0;

  get size(): number {
    return this.heap.length;
  }

  add(event: PlannedEvent): void {
    this.heap.push({ event, order: this.planned++ });
    this.rise(this.heap.length - 1);
  }

  peek(): PlannedEvent | undefined {
    return this.heap[0]?.event;
  }

  take(): PlannedEvent | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    return first.event;
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let first = at;
      if (this.isBefore(left, first)) first = left;
      if (this.isBefore(right, first)) first = right;
      if (first === at) return;
      this.swap(at, first);
      at = first;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const one = this.heap[a];
    const other = this.heap[b];
    if (one === undefined || other === undefined) return false;
    if (one.event.at !== other.event.at) return one.event.at < other.event.at;
    return one.order < other.order;
  }

  private swap(a: number, b: number): void {
    const one = this.heap[a];
    const other = this.heap[b];
    if (one === undefined || other === undefined) return;
    this.heap[a] = other;
    this.heap[b] = one;
  }
}
