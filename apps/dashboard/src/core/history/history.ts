import type { MetricsSample, NodeStatus, ProcessList, Resume } from '@quorate/contract';
import { type ClusterView, viewOf } from '../cluster/cluster-view.js';
import type { Link, Observation } from '../cluster/observation.js';
import { FlightLog } from '../flights/flight-log.js';
import { Clocks } from './clocks.js';
import { commitRates } from './commit-rates.js';
import { EventLog } from './event-log.js';
import { NodeHistory } from './node-history.js';
import type { Change, HistoryRecord } from './record.js';
import { Series } from './series.js';

/** Where a node can be listened to. */
export interface Listening {
  readonly id: string;
  readonly url: string;
}

/** Seconds of which commit rates are told. */
export const rateSeconds = 60;

/**
 * All that this page has heard, as series in time: no rendering, no sockets, no clock of its own.
 * The cluster at any time is a function of it, so the present, the past and a file look the same.
 */
export class History {
  readonly events = new EventLog();
  readonly supervisor = new Series<{ readonly t: number; readonly link: Link }>(2_000);
  readonly processes = new Series<{ readonly t: number; readonly list: ProcessList }>(2_000);
  readonly #nodes = new Map<string, NodeHistory>();
  /** The messages that were sent, out of the traces. */
  readonly flights = new FlightLog(this.#nodes);

  constructor(readonly clocks = new Clocks()) {}

  take(record: HistoryRecord): Change {
    const { t } = record;
    switch (record.kind) {
      case 'supervisor':
        this.supervisor.push({ t, link: record.link });
        return 'weighty';
      case 'processes':
        this.processes.push({ t, list: record.list });
        return 'weighty';
      case 'link':
        this.of(record.node).links.push({ t, link: record.link, problem: record.problem });
        return 'weighty';
      case 'frame': {
        this.clocks.note(record.frame);
        const { frames } = this.of(record.node);
        const before = frames.last?.frame.status ?? null;
        const { frame, until } = record;
        frames.push(until === undefined ? { t, frame } : { t, frame, until });
        return differ(before, record.frame.status) ? 'weighty' : 'numbers';
      }
      case 'events': {
        const { node, batch } = record;
        const exact = this.clocks.knows(batch.run);
        const taken = this.events
          .of(node)
          .accept(batch, ({ at, time }) => (exact ? this.clocks.timeOf(batch.run, at) : time));
        return taken > 0 ? 'numbers' : 'none';
      }
      case 'trace':
        return this.#takeTrace(record);
      case 'metrics':
        this.of(record.node).metrics.push({ t, sample: record.sample });
        return 'numbers';
    }
  }

  /** By id, in no order. */
  get nodes(): ReadonlyMap<string, NodeHistory> {
    return this.#nodes;
  }

  /** All nodes that were ever heard, n2 before n10. */
  get ids(): string[] {
    return [...this.#nodes.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }

  /** What was heard of one node: made when it is first asked for. */
  of(id: string): NodeHistory {
    let node = this.#nodes.get(id);
    if (!node) {
      node = new NodeHistory(id);
      this.#nodes.set(id, node);
    }
    return node;
  }

  /** The first and the last moment that anything is known of; null for nothing at all. */
  get span(): { readonly from: number; readonly to: number } | null {
    const all = [
      this.supervisor,
      this.processes,
      ...[...this.#nodes.values()].map((n) => n.frames),
    ];
    const firsts = all.flatMap(({ first }) => (first ? [first.t] : []));
    const lasts = all.flatMap(({ last }) => (last ? [last.t] : []));
    return firsts.length === 0 ? null : { from: Math.min(...firsts), to: Math.max(...lasts) };
  }

  cursor(id: string): Resume {
    return this.events.of(id).cursor;
  }

  /** Every node that somebody names with an address now. */
  get listening(): Listening[] {
    return this.#observationsAt(Infinity).flatMap(({ id, url }) => (url ? [{ id, url }] : []));
  }

  /** What a node last said of its work up to a time; null when it has not yet. */
  metricsAt(id: string, t: number): MetricsSample | null {
    return this.#nodes.get(id)?.metrics.at(t)?.sample ?? null;
  }

  /** The cluster as this page knew it at a time. */
  viewAt(t: number): ClusterView {
    const observations = this.#observationsAt(t);
    return viewOf({
      at: t,
      supervisor: this.supervisor.at(t)?.link ?? 'connecting',
      observations,
      earlier: new Map(
        observations.flatMap(({ id }) => {
          const status = this.#nodes.get(id)?.frames.at(t - laggingAfterMs)?.frame.status;
          return status ? [[id, status]] : [];
        }),
      ),
      commitRates: commitRates([...this.#nodes.values()], t, rateSeconds),
    });
  }

  /** Those that the supervisor started, and those that some of them names as a member. */
  #observationsAt(t: number): Observation[] {
    const processes = new Map(
      this.processes.at(t)?.list.processes.map((process) => [process.id, process]),
    );
    const statuses = new Map<string, NodeStatus>();
    const urls = new Map<string, string | null>();
    // A member named by a member may name others in turn.
    const known = new Set(processes.keys());
    for (const id of known) {
      const status = this.#nodes.get(id)?.frames.at(t)?.frame.status;
      if (!status) continue;
      statuses.set(id, status);
      for (const member of status.members) {
        known.add(member.id);
        if (member.url !== null) urls.set(member.id, member.url);
      }
    }
    return [...known].map((id): Observation => {
      const node = this.#nodes.get(id);
      const process = processes.get(id) ?? null;
      const link = node?.links.at(t);
      const heard = node?.frames.at(t);
      return {
        id,
        url: process?.url ?? urls.get(id) ?? null,
        process,
        status: statuses.get(id) ?? null,
        heardAt: heard?.t ?? null,
        lastHeardAt: heard ? Math.max(heard.t, Math.min(heard.until ?? 0, t)) : null,
        link: link?.link ?? 'connecting',
        problem: link?.problem ?? null,
      };
    });
  }

  #takeTrace({ t, node, batch }: Extract<HistoryRecord, { kind: 'trace' }>): Change {
    const { run, dropped, records } = batch;
    // Without a clock a record has no place; the first frame comes before the first batch.
    if (!this.clocks.knows(run)) return 'none';
    const { trace, traceGaps } = this.of(node);
    if (dropped > 0) traceGaps.push({ t, missing: dropped });
    for (const record of records) {
      trace.push({ t: this.clocks.timeOf(run, record.at), run, record });
    }
    return 'numbers';
  }
}

/** A node that did not reach in this time what the leader had committed is lagging, ms. */
const laggingAfterMs = 1_000;

function differ(before: NodeStatus | null, after: NodeStatus): boolean {
  return (
    before?.role !== after.role ||
    before.term !== after.term ||
    before.leader?.id !== after.leader?.id ||
    before.clusterId !== after.clusterId ||
    before.configurationIndex !== after.configurationIndex ||
    before.members.length !== after.members.length ||
    before.faults?.length !== after.faults?.length
  );
}
