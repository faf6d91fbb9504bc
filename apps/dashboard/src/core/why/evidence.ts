import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import type { StandingFault } from '../chaos/standing-faults.js';
import type { History } from '../history/history.js';
import { timelineOf } from '../timeline/timeline.js';
import type { Told } from '../timeline/told.js';
import type { Proof } from './answer.js';

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
      .filter((entry) => entry.kind === 'event')
      .filter(({ event }) => types.includes(event.type))
      .sort((one, other) => one.t - other.t);
  }

  /** Why a node does not answer: what became of its process, else its link. */
  absenceProof(id: string): Proof[] {
    const node = this.node(id);
    const turn = timelineOf(this.history)
      .turns.filter((one) => one.node === id && one.t <= this.t)
      .at(-1);
    if (node?.process && node.process.state !== 'running' && turn && turn.what !== 'started') {
      return [{ kind: 'process', node: id, t: turn.t, what: turn.what, how: turn.how }];
    }
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

  /** The longest delay of a node's event loop that it told of in a time, ms; null when it told none. */
  loopDelayMs(id: string, withinMs: number, until = this.t): number | null {
    const samples = this.history.nodes.get(id)?.metrics.between(until - withinMs, until) ?? [];
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
