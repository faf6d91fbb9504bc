import type { ProcessAction } from '@quorate/contract';
import type { ClusterView, NodeView } from './cluster-view.js';
import { count } from '../words.js';

/** Acts that take a node away, or its data. The others heal, and are never asked about. */
export type Disruption = Extract<ProcessAction, 'kill' | 'stop' | 'pause' | 'restart' | 'wipe'>;

/** What an act would leave of the cluster, in sentences. */
export function impactOf(act: Disruption, node: NodeView, view: ClusterView): string {
  const parts = act === 'wipe' ? [wiped(node)] : [];
  if (node.membership === 'voter') parts.push(remaining(node, view));
  else if (act !== 'wipe') parts.push(`${node.id} is no voter: the quorum stays as it is.`);
  if (node.leads && act !== 'wipe') parts.unshift(`${node.id} leads; another must be elected.`);
  return parts.join(' ');
}

function wiped(node: NodeView): string {
  return `All data of ${node.id} on this machine is deleted; it has to be joined again.`;
}

function remaining(node: NodeView, view: ClusterView): string {
  const { voters, quorum } = view.configuration;
  const live = view.nodes.filter(({ vitality }) => vitality === 'live').map(({ id }) => id);
  const left = voters.filter((id) => id !== node.id && live.includes(id)).length;
  const start = `${left} of ${count(voters.length, 'voter')} would be up, ${quorum} needed:`;
  if (left < quorum) return `${start} quorum is lost, nothing can be written.`;
  if (left === quorum) return `${start} writes go on, no other may fail.`;
  return `${start} writes go on.`;
}
