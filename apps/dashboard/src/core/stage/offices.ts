import type { NodeEvent, NodeStatus } from '@quorate/contract';
import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import { leadershipOf } from '../cluster/leadership.js';
import type { History } from '../history/history.js';

/**
 * The view with everybody's role and term as of its very moment. A status comes some milliseconds
 * after what it tells, and in slow motion that is long: events have the time at which they happened.
 */
export function withOffices(history: History, view: ClusterView): ClusterView {
  const nodes = view.nodes.map((node) => ({ ...node, status: statusOf(history, node, view.at) }));
  const heard = nodes.flatMap(({ vitality, status }) =>
    vitality === 'live' && status ? [status] : [],
  );
  const leadership = leadershipOf(heard, view.configuration);
  return {
    ...view,
    leadership,
    nodes: nodes.map((node) => ({ ...node, leads: node.id === leadership.leader })),
  };
}

/** Who does what: when this changes, it is shown at once. */
export function officesOf({ nodes }: ClusterView): string {
  return nodes
    .map(
      ({ id, vitality, status }) => `${id} ${vitality} ${status?.role ?? ''} ${status?.term ?? ''}`,
    )
    .join(', ');
}

function statusOf(history: History, { id, status }: NodeView, t: number): NodeStatus | null {
  const frame = history.nodes.get(id)?.frames.at(t)?.frame;
  if (!frame || !status) return status;
  const toldAt = history.clocks.timeOf(frame.run, frame.at);
  return history.events
    .of(id)
    .entries.between(toldAt, t)
    .reduce((so, entry) => (entry.kind === 'event' ? after(so, entry.event) : so), status);
}

function after(status: NodeStatus, { type, role, term, leader }: NodeEvent): NodeStatus {
  if (typeof term !== 'number' || term < status.term) return status;
  if (type === 'role-changed' && isRole(role)) return { ...status, role, term };
  if (type !== 'leader-changed') return status;
  const known = typeof leader === 'string' ? { id: leader, address: '', url: null } : null;
  return { ...status, leader: known, term };
}

function isRole(role: unknown): role is NodeStatus['role'] {
  return (
    role === 'follower' || role === 'pre-candidate' || role === 'candidate' || role === 'leader'
  );
}
