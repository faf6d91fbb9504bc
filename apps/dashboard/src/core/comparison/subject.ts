import type { MetricsSample, NodeStatus, Progress } from '@quorate/contract';
import type { ClusterView, NodeView } from '../cluster/cluster-view.js';

/** All that is known of one node at one moment, and by whom. */
export interface Subject {
  readonly node: NodeView;
  /** Its own words, perhaps old. */
  readonly status: NodeStatus | null;
  /** What the leader knows of its log; null for the leader itself, and without one. */
  readonly progress: Progress | null;
  readonly metrics: MetricsSample | null;
  /** Since its process was started, ms; null when none runs. */
  readonly uptimeMs: number | null;
}

/** @param metricsOf the last sample of a node at the moment of the view */
export function subjectsOf(
  view: ClusterView,
  metricsOf: (id: string) => MetricsSample | null,
): Subject[] {
  const leader = view.nodes.find((node) => node.leads);
  return view.nodes.map((node): Subject => {
    const { id, status, process } = node;
    const runs = process && process.state !== 'exited' && process.startedAt !== null;
    return {
      node,
      status,
      progress: leader?.status?.peers.find((peer) => peer.id === id) ?? null,
      metrics: metricsOf(id),
      uptimeMs: runs ? view.at - (process.startedAt ?? view.at) : null,
    };
  });
}
