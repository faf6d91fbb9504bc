import type { EventBatch, NodeEvent, Resume } from '@quorate/contract';
import { Series } from './series.js';

/** A line of the feed: something that happened, or the place where events are missing. */
export type FeedEntry = { readonly key: string; readonly node: string; readonly t: number } & (
  | {
      readonly kind: 'event';
      /** Of the process that told it. */
      readonly run: string;
      readonly event: NodeEvent;
    }
  | { readonly kind: 'gap'; readonly missing: number }
);

/** Entries kept of each node. */
export const capacity = 5_000;

/** The events of one node, in its order, with a mark wherever some are missing. */
export class NodeEventLog {
  readonly entries = new Series<FeedEntry>(capacity);
  #run: string | null = null;
  /** Of the last event of this run; null before its first. */
  #seq: number | null = null;

  constructor(readonly node: string) {}

  /** What to ask for after a lost connection. */
  get cursor(): Resume {
    return { run: this.#run, seq: this.#seq ?? 0 };
  }

  /**
   * Takes what is new and answers how many events that were; what it has already is ignored.
   * @param timeOf page time of an event
   */
  accept(batch: EventBatch, timeOf = (event: NodeEvent): number => event.time): number {
    if (batch.run !== this.#run) {
      this.#run = batch.run;
      this.#seq = null;
    }
    let taken = 0;
    for (const event of batch.events) {
      if (this.#seq !== null && event.seq <= this.#seq) continue;
      const missing = this.#seq === null ? batch.dropped : event.seq - this.#seq - 1;
      this.#append(batch.run, event, timeOf(event), missing);
      taken += 1;
    }
    return taken;
  }

  #append(run: string, event: NodeEvent, t: number, missing: number): void {
    // The node's own order counts, whatever its clock did meanwhile.
    const place = { node: this.node, t: Math.max(t, this.entries.last?.t ?? t) };
    const key = `${this.node}/${run}/${event.seq}`;
    if (missing > 0) this.entries.push({ ...place, key: `${key}/gap`, kind: 'gap', missing });
    this.entries.push({ ...place, key, kind: 'event', run, event });
    this.#seq = event.seq;
  }
}

/** The events of all nodes. */
export class EventLog {
  readonly #nodes = new Map<string, NodeEventLog>();

  get nodes(): readonly string[] {
    return [...this.#nodes.keys()];
  }

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

  /** The `limit` newest entries up to a time, newest first; of some nodes, or of all. */
  latest(limit: number, of: readonly string[] | null = null, until = Infinity): FeedEntry[] {
    const logs = [...this.#nodes.values()].filter(({ node }) => of?.includes(node) ?? true);
    const heads = logs.map(({ entries }) => {
      return { entries, offset: entries.length - entries.countUntil(until) };
    });
    const found: FeedEntry[] = [];
    while (found.length < limit) {
      let newest: { entry: FeedEntry; head: (typeof heads)[number] } | null = null;
      for (const head of heads) {
        const entry = head.entries.fromNewest(head.offset);
        if (entry && (!newest || entry.t > newest.entry.t)) newest = { entry, head };
      }
      if (!newest) break;
      newest.head.offset += 1;
      found.push(newest.entry);
    }
    return found;
  }

  /** The entries of all nodes later than `after` and not later than `until`, oldest first. */
  between(after: number, until: number): FeedEntry[] {
    return [...this.#nodes.values()]
      .flatMap(({ entries }) => entries.between(after, until))
      .sort((one, other) => one.t - other.t);
  }
}
