import type { Member, MemberChange, NodeStatus, Written } from '@quorate/contract';
import type { ClusterView } from '../cluster/cluster-view.js';

/** What this page asked of the membership. */
export type Order =
  | { readonly kind: 'change'; readonly changes: readonly MemberChange[] }
  | { readonly kind: 'transfer'; readonly to: string }
  | { readonly kind: 'bootstrap'; readonly id: string };

/** How far an order is, by what nodes say: nothing is taken for done because it was asked for. */
export type Stage =
  | { readonly at: 'requested' }
  /** In the leader's log at this index, and in force there: not committed yet. */
  | { readonly at: 'accepted'; readonly index: number }
  /** Committed, and known to so many of the nodes that are up. */
  | {
      readonly at: 'committed';
      readonly index: number;
      readonly known: number;
      readonly of: number;
    }
  /** Another leads, as was asked. */
  | { readonly at: 'handed-over' };

/** @param written the answer to a change: where its configuration stands, once committed */
export function stageOf(order: Order, written: Written | null, view: ClusterView): Stage {
  const leader = view.nodes.find((node) => node.leads)?.status ?? null;
  switch (order.kind) {
    case 'change':
      if (written) return committed(written.index, view);
      return leader && isUnderWay(order.changes, leader)
        ? { at: 'accepted', index: leader.configurationIndex }
        : { at: 'requested' };
    case 'transfer':
      return view.leadership.leader === order.to && view.leadership.confirmed
        ? { at: 'handed-over' }
        : { at: 'requested' };
    case 'bootstrap':
      return leader?.id === order.id
        ? committed(leader.configurationIndex, view)
        : { at: 'requested' };
  }
}

function committed(index: number, { nodes }: ClusterView): Stage {
  const up = nodes.filter(({ vitality, status }) => vitality === 'live' && status?.clusterId);
  const known = up.filter(
    ({ status }) =>
      status &&
      (status.configurationIndex > index ||
        (status.configurationIndex === index && status.configurationCommitted)),
  );
  return { at: 'committed', index, known: known.length, of: up.length };
}

/** Whether what the leader is about to commit is what these changes want. */
function isUnderWay(changes: readonly MemberChange[], leader: NodeStatus): boolean {
  const { configurationCommitted, outgoing, members } = leader;
  if (configurationCommitted && outgoing === null) return false;
  return changes.every((change) => holds(change, members));
}

function holds({ type, id }: MemberChange, members: readonly Member[]): boolean {
  const role = members.find((member) => member.id === id)?.role;
  switch (type) {
    case 'add':
      return role !== undefined;
    case 'promote':
      return role === 'voter';
    case 'demote':
      return role === 'learner';
    case 'remove':
      return role === undefined;
  }
}

/** The nodes that an order is about. */
export function subjectsOfOrder(order: Order): readonly string[] {
  switch (order.kind) {
    case 'change':
      return order.changes.map(({ id }) => id);
    case 'transfer':
      return [order.to];
    case 'bootstrap':
      return [order.id];
  }
}
