import type { EventBatch, NodeStatus, ProcessList, Resume, StatusFrame } from '@quorate/contract';
import { viewOf, type ClusterView } from './cluster-view.js';
import { CommitHistory } from './commit-history.js';
import { EventLog } from './event-log.js';
import type { Link, Observation } from './observation.js';

/** Where a node can be listened to. */
export interface Listening {
  readonly id: string;
  readonly url: string;
}

/**
 * All that this page has heard, kept plain: no rendering, no sockets, no clock of its own.
 * What takes a word answers whether it changes who does what (`true`), or only numbers (`false`).
 */
export class ClusterModel {
  readonly events = new EventLog();
  readonly #observations = new Map<string, Observation>();
  readonly #behindSince = new Map<string, number>();
  readonly #commits = new CommitHistory();
  #supervisor: Link = 'connecting';

  supervisorLink(link: Link): void {
    this.#supervisor = link;
  }

  processes(list: ProcessList): void {
    for (const process of list.processes) {
      this.#update(process.id, { process, url: process.url });
    }
    const started = new Set(list.processes.map((process) => process.id));
    for (const { id, process } of this.#observations.values()) {
      if (process && !started.has(id)) this.#update(id, { process: null });
    }
    this.#forgetTheUnnamed();
  }

  nodeLink(id: string, link: Link, problem: string | null = null): void {
    if (this.#observations.has(id)) this.#update(id, { link, problem });
  }

  frame(id: string, frame: StatusFrame, now: number): boolean {
    const before = this.#observations.get(id);
    if (!before) return false;
    const { status } = frame;
    if (status.role === 'leader') this.#commits.note(status.commitIndex, now);
    const electionSpanMs = Math.max(before.electionSpanMs, status.electionInMs ?? 0);
    this.#update(id, { status, heardAt: now, problem: null, electionSpanMs });
    if (!differ(before.status, status)) return false;
    for (const member of status.members) {
      if (member.url && !this.#observations.get(member.id)?.process) {
        this.#update(member.id, { url: member.url });
      }
    }
    this.#forgetTheUnnamed();
    return true;
  }

  /** Answers how many of the events are new. */
  eventBatch(id: string, batch: EventBatch): number {
    return this.#observations.has(id) ? this.events.of(id).accept(batch) : 0;
  }

  cursor(id: string): Resume {
    return this.events.of(id).cursor;
  }

  /** Every node that somebody named with an address. */
  get listening(): Listening[] {
    return [...this.#observations.values()].flatMap(({ id, url }) => (url ? [{ id, url }] : []));
  }

  view(now: number, wallTime: number): ClusterView {
    const observed = {
      supervisor: this.#supervisor,
      observations: [...this.#observations.values()],
      behindSince: this.#behindSince,
      commitRates: this.#commits.rates(now),
      at: now,
      wallTime,
    };
    const view = viewOf(observed);
    for (const { id, differs } of view.nodes) {
      if (differs.behind === 0) this.#behindSince.delete(id);
      else if (!this.#behindSince.has(id)) this.#behindSince.set(id, now);
    }
    return view;
  }

  #update(id: string, news: Partial<Observation>): void {
    this.#observations.set(id, { ...(this.#observations.get(id) ?? unheard(id)), ...news });
  }

  /** Keeps what the supervisor started and what some node names as a member. */
  #forgetTheUnnamed(): void {
    const all = [...this.#observations.values()];
    const members = new Set(all.flatMap(({ status }) => status?.members.map((m) => m.id) ?? []));
    for (const { id, process } of all) {
      if (process || members.has(id)) continue;
      this.#observations.delete(id);
      this.#behindSince.delete(id);
      this.events.forget(id);
    }
  }
}

function unheard(id: string): Observation {
  return {
    id,
    url: null,
    process: null,
    status: null,
    heardAt: null,
    link: 'connecting',
    problem: null,
    electionSpanMs: 0,
  };
}

function differ(before: NodeStatus | null, after: NodeStatus): boolean {
  return (
    before?.role !== after.role ||
    before.term !== after.term ||
    before.leader?.id !== after.leader?.id ||
    before.clusterId !== after.clusterId ||
    before.configurationIndex !== after.configurationIndex ||
    before.members.length !== after.members.length
  );
}
