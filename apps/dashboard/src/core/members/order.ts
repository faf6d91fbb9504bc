import type { Member, MemberChange, Written } from '@quorate/contract';
import type { ClusterView } from '../cluster/cluster-view.js';
import type { Problem } from '../failure.js';

/** What this page can ask of the membership. */
export type Order =
  | { readonly kind: 'change'; readonly changes: readonly MemberChange[] }
  | { readonly kind: 'transfer'; readonly to: string }
  | { readonly kind: 'bootstrap'; readonly id: string };

/** An order, and what it was answered. */
export interface GivenOrder {
  readonly key: number;
  readonly order: Order;
  /** Who was asked; null when nobody could be. */
  readonly via: string | null;
  /** Index of the configuration that was in force when it was given. */
  readonly since: number;
  readonly answered: boolean;
  /** Where a change stands in the log, once it is committed. */
  readonly written: Written | null;
  readonly problem: Problem | null;
}

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
  | { readonly at: 'handed-over' }
  | { readonly at: 'failed'; readonly problem: Problem };

/** What nodes say outranks the answer: an order without one in time may have happened all the same. */
export function stageOf(given: GivenOrder, view: ClusterView): Stage {
  const { order, problem } = given;
  const seen =
    order.kind === 'change'
      ? changeSeen(order.changes, given, view)
      : order.kind === 'transfer'
        ? transferSeen(order.to, view)
        : foundingSeen(order.id, view);
  const promised = problem?.outcome === 'not-applied' || problem?.outcome === null;
  if (problem && (promised || seen === null)) return { at: 'failed', problem };
  return seen ?? { at: 'requested' };
}

function changeSeen(
  changes: readonly MemberChange[],
  { written, since }: GivenOrder,
  view: ClusterView,
): Stage | null {
  if (written) return committed(written.index, view);
  const leader = view.nodes.find((node) => node.leads)?.status;
  if (!leader || leader.configurationIndex <= since) return null;
  if (!changes.every((change) => holds(change, leader.members))) return null;
  return leader.configurationCommitted && leader.outgoing === null
    ? committed(leader.configurationIndex, view)
    : { at: 'accepted', index: leader.configurationIndex };
}

function transferSeen(to: string, { leadership }: ClusterView): Stage | null {
  return leadership.leader === to && leadership.confirmed ? { at: 'handed-over' } : null;
}

function foundingSeen(id: string, view: ClusterView): Stage | null {
  const leader = view.nodes.find((node) => node.leads)?.status;
  return leader?.id === id ? committed(leader.configurationIndex, view) : null;
}

function committed(index: number, { nodes }: ClusterView): Stage {
  const up = nodes.filter(
    ({ vitality, membership }) =>
      vitality === 'live' && (membership === 'voter' || membership === 'learner'),
  );
  const known = up.filter(
    ({ status }) =>
      status &&
      (status.configurationIndex > index ||
        (status.configurationIndex === index && status.configurationCommitted)),
  );
  return { at: 'committed', index, known: known.length, of: up.length };
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

export type OrderPart = MemberChange['type'] | 'transfer' | 'bootstrap';

/** What an order wants of a node: nothing, or one thing or more. */
export function partsFor(id: string, order: Order): OrderPart[] {
  switch (order.kind) {
    case 'change':
      return order.changes.filter((change) => change.id === id).map(({ type }) => type);
    case 'transfer':
      return order.to === id ? ['transfer'] : [];
    case 'bootstrap':
      return order.id === id ? ['bootstrap'] : [];
  }
}
