import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import { exitInWords } from '../cluster/observation.js';
import type { StandingFault } from '../chaos/standing-faults.js';
import type { FeedEntry } from '../history/event-log.js';
import type { History } from '../history/history.js';
import type { Proof } from './answer.js';

/** An event, and who told it when. */
export type Told = Extract<FeedEntry, { kind: 'event' }>;

/** What is known of a moment and of what came before it. */
export class Evidence {
  constructor(
    readonly history: History,
    readonly view: ClusterView,
  ) {}

  get t(): number {
    return this.view.at;
  }

  node(id: string): NodeView | undefined {
    return this.view.nodes.find((node) => node.id === id);
  }

  get leader(): NodeView | undefined {
    return this.view.nodes.find(({ leads }) => leads);
  }

  /** Whether a configured voter answers this page. */
  isUp(id: string): boolean {
    return this.node(id)?.vitality === 'live';
  }

  /** Events of these types of the last `withinMs`, oldest first; of one node, or of all. */
  events(types: readonly string[], withinMs: number, node: string | null = null): Told[] {
    return this.between(types, this.t - withinMs, this.t, node);
  }

  /** The latest event of these types that a node told, if it told any. */
  lastly(types: readonly string[], node: string): Proof[] {
    const told = this.between(types, -Infinity, this.t, node).at(-1);
    return told ? [proofOf(told)] : [];
  }

  between(types: readonly string[], after: number, until: number, node: string | null): Told[] {
    const nodes = node === null ? this.view.nodes.map(({ id }) => id) : [node];
    return nodes
      .flatMap((id) => this.history.events.of(id).entries.between(after, until))
      .filter((entry): entry is Told => entry.kind === 'event')
      .filter(({ event }) => types.includes(event.type))
      .sort((one, other) => one.t - other.t);
  }

  /** Since when the process of a node is as it is. */
  processProof(id: string): Proof | null {
    const process = this.node(id)?.process;
    if (!process) return null;
    let since: number | null = null;
    const lists = this.history.processes;
    for (let at = lists.countUntil(this.t) - 1; at >= 0; at -= 1) {
      const item = lists.all()[at];
      const then = item?.list.processes.find((one) => one.id === id);
      if (!item || then?.state !== process.state || then.pid !== process.pid) break;
      since = item.t;
    }
    if (since === null) return null;
    return { kind: 'process', node: id, t: since, state: process.state, how: exitInWords(process) };
  }

  /** Why a node does not answer: the supervisor's word where there is one, else its link. */
  absenceProof(id: string): Proof[] {
    const process = this.processProof(id);
    const node = this.node(id);
    if (process?.kind === 'process' && process.state !== 'running') return [process];
    const link = this.history.nodes.get(id)?.links.at(this.t);
    if (node?.vitality === 'unreachable' && link) return [{ kind: 'link', node: id, ...link }];
    return [];
  }

  /** When a fault began; now, where its beginning was not heard. */
  faultProof(fault: StandingFault): Proof {
    const began = this.between(['fault-injected'], -Infinity, this.t, fault.at)
      .filter(({ event }) => event.id === fault.id)
      .at(-1);
    return { kind: 'fault', node: fault.at, t: began?.t ?? this.t, fault };
  }

  /** The longest delay of a node's event loop that it told of lately, ms; null when it told none. */
  loopDelayMs(id: string, withinMs: number): number | null {
    const samples = this.history.nodes.get(id)?.metrics.between(this.t - withinMs, this.t) ?? [];
    const delays = samples.flatMap(({ sample }) => sample.process.loop.p99 ?? []);
    return delays.length === 0 ? null : Math.max(...delays);
  }
}

export const proofOf = ({ node, t, event }: Told): Proof => ({
  kind: 'event',
  node,
  t,
  text: event.text,
});

/** A number that an event carries. */
export function numberIn({ event }: Told, name: string): number {
  const value = event[name];
  return typeof value === 'number' ? value : NaN;
}

/** A word that an event carries; null for none. */
export function wordIn({ event }: Told, name: string): string | null {
  const value = event[name];
  return typeof value === 'string' ? value : null;
}
