import type { ClusterView } from './cluster-view.js';

/** The way of a node into the cluster. */
export const joinStages = ['started', 'reachable', 'learner', 'voter'] as const;
export type JoinStage = (typeof joinStages)[number];

/** How far a node has come, by what it and the leader say; null before its process stands. */
export function joinStageOf(view: ClusterView, id: string): JoinStage | null {
  const node = view.nodes.find((candidate) => candidate.id === id);
  if (!node) return null;
  if (node.membership === 'voter' || node.membership === 'learner') return node.membership;
  return node.vitality === 'live' ? 'reachable' : 'started';
}
