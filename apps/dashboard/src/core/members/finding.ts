import type { Probed } from '@quorate/contract';
import type { ClusterView } from '../cluster/cluster-view.js';

/**
 * What it means for the cluster that this node answers at an address:
 * - `blank`: it belongs to no cluster, and can come in
 * - `emptied`: a member that lost its volume: it comes in again as if new
 * - `returning`: of this cluster, and no member now: it can come in again
 * - `moved`: a member that answers elsewhere than its address says: joining changes the address
 * - `member`: a member already, at this address
 * - `namesake`: blank, under the id of a member that lives elsewhere
 * - `foreign`: of another cluster
 */
export type Finding =
  'blank' | 'emptied' | 'returning' | 'moved' | 'member' | 'namesake' | 'foreign';

/** Findings of nodes that a leader would take in. */
export const welcome: readonly Finding[] = ['blank', 'emptied', 'returning', 'moved'];

/** @param address where it was found */
export function findingOf(probed: Probed, address: string, view: ClusterView): Finding {
  const { members, clusterId } = view.configuration;
  if (probed.clusterId !== null && probed.clusterId !== clusterId) return 'foreign';
  const member = members.find(({ id }) => id === probed.id);
  if (!member) return probed.clusterId === null ? 'blank' : 'returning';
  if (probed.clusterId === null) {
    const lives = view.nodes.some(
      ({ id, vitality, membership }) =>
        id === probed.id && vitality === 'live' && membership !== 'blank',
    );
    return lives ? 'namesake' : 'emptied';
  }
  return member.address === address ? 'member' : 'moved';
}
