import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import type { Figure } from './figure.js';

/** What a node takes for true of the cluster, beside what the cluster says. */
export interface Belief {
  readonly about: 'leader' | 'term' | 'configuration' | 'voters' | 'cluster';
  readonly own: Figure | null;
  /** The leader's word, or what a quorum agrees on; null while there is neither. */
  readonly cluster: Figure | null;
  readonly agrees: boolean;
}

const name = (value: string | null | undefined): Figure | null =>
  value === null || value === undefined ? null : { kind: 'name', value };
const digest = (value: string | null): Figure | null =>
  value === null ? null : { kind: 'digest', value };
const number = (value: number | null | undefined): Figure | null =>
  value === null || value === undefined ? null : { kind: 'number', value };

export function beliefsOf({ status }: NodeView, view: ClusterView): Belief[] {
  if (!status) return [];
  const { leadership, configuration, nodes } = view;
  const leader = nodes.find((node) => node.leads)?.status;
  const voters = status.members.filter(({ role }) => role === 'voter').map(({ id }) => id);
  return [
    belief('leader', name(status.leader?.id), name(leadership.leader)),
    belief('term', number(status.term), number(leadership.term)),
    belief('cluster', digest(status.clusterId), digest(configuration.clusterId)),
    belief('voters', name(voters.join(', ')), name(configuration.voters.join(', '))),
    belief('configuration', number(status.configurationIndex), number(leader?.configurationIndex)),
  ];
}

function belief(about: Belief['about'], own: Figure | null, cluster: Figure | null): Belief {
  return { about, own, cluster, agrees: cluster === null || own?.value === cluster.value };
}
