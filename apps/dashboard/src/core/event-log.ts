import type { EventBatch, NodeEvent, Resume } from '@quorate/contract';
import { Ring } from './ring.js';

/** A line of the feed: something that happened, or the place where events are missing. */
export type FeedEntry = { readonly key: string; readonly node: string; readonly time: number } & (
  | { readonly kind: 'event'; readonly event: NodeEvent }
  | { readonly kind: 'gap'; readonly missing: number }
);

/** Entries kept of each node. */
export const capacity = 5_000;

/** The events of one node, in its order, with a mark wherever some are missing. */
export class NodeEventLog {
  readonly entries = new Ring<FeedEntry>(capacity);
  #run: string | null = null;
  /** Of the last event of this run; null before its first. */
  #seq: number | null = null;
  #runs = 0;

  constructor(readonly node: string) {}

  /** What to ask for after a lost connection. */
  get cursor(): Resume {
    return { run: this.#run, seq: this.#seq ?? 0 };
  }

  /** Takes what is new and answers how many events that were; what it has already is ignored. */
  accept(batch: EventBatch): number {
    if (batch.run !== this.#run) {
      this.#run = batch.run;
      this.#seq = null;
      this.#runs += 1;
    }
    let taken = 0;
    for (const event of batch.events) {
      if (this.#seq !== null && event.seq <= this.#seq) continue;
      this.#append(event, this.#seq === null ? batch.dropped : event.seq - this.#seq - 1);
      taken += 1;
    }
    return taken;
  }

  #append(event: NodeEvent, missing: number): void {
    const place = { node: this.node, time: event.time };
    const key = `${this.node}/${this.#runs}/${event.seq}`;
    if (missing > 0) this.entries.push({ ...place, key: `${key}/gap`, kind: 'gap', missing });
    this.entries.push({ ...place, key, kind: 'event', event });
    this.#seq = event.seq;
  }
}

/** The events of all nodes. */
export class EventLog {
  readonly #nodes = new Map<string, NodeEventLog>();

  of(node: string): NodeEventLog {
    let log = this.#nodes.get(node);
    if (!log) {
      log = new NodeEventLog(node);
      this.#nodes.set(node, log);
    }
    return log;
  }

  forget(node: string): void {
    this.#nodes.delete(node);
  }

  /** The `limit` newest entries, newest first; of one node, or of all by their wall clocks. */
  latest(limit: number, node: string | null = null): FeedEntry[] {
    const logs = [...this.#nodes.values()].filter((log) => node === null || log.node === node);
    const heads = logs.map((log) => ({ entries: log.entries, offset: 0 }));
    const found: FeedEntry[] = [];
    while (found.length < limit) {
      let newest: { entry: FeedEntry; head: (typeof heads)[number] } | null = null;
      for (const head of heads) {
        const entry = head.entries.fromNewest(head.offset);
        if (entry && (!newest || entry.time > newest.entry.time)) newest = { entry, head };
      }
      if (!newest) break;
      newest.head.offset += 1;
      found.push(newest.entry);
    }
    return found;
  }
}
