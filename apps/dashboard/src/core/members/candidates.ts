import type { ClusterView } from '../cluster/cluster-view.js';
import type { Candidate } from './draft.js';

/** Who is best asked to change the membership: the leader, else any member that is up. */
export function memberToAsk(view: ClusterView): string | null {
  const members = view.nodes.filter(
    (node) =>
      node.vitality === 'live' && (node.membership === 'voter' || node.membership === 'learner'),
  );
  return (members.find((node) => node.leads) ?? members[0])?.id ?? null;
}

/**
 * Nodes of this supervisor that are up and could come in, at the host where members reach each
 * other. A member that lost its volume is one of them.
 */
export function candidatesOf(view: ClusterView): Candidate[] {
  return view.nodes.flatMap(({ id, vitality, membership, status, process }) => {
    const outside = membership === 'blank' || status?.removed === true;
    if (!process || vitality !== 'live' || !outside) return [];
    return [{ id, address: peerAddress(process.raftPort, view) }];
  });
}

/** Where members reach a node of this supervisor: its processes share their machine. */
export function peerAddress(raftPort: number, { configuration, nodes }: ClusterView): string {
  const neighbour = configuration.members.find((member) =>
    nodes.some(({ id, process }) => id === member.id && process !== null),
  );
  const host = neighbour?.address.replace(/:\d+$/, '') ?? '127.0.0.1';
  return `${host}:${raftPort}`;
}

/** Of the leader: a change that was thought of for it is refused once somebody else has changed it. */
export function configurationIndex({ nodes }: ClusterView): number | undefined {
  return nodes.find((node) => node.leads)?.status?.configurationIndex;
}
