import type { ClusterView, NodeView } from '../core/cluster/cluster-view.js';
import type { Desk } from '../state/desk.svelte.js';
import { action, type Action } from './action.js';

/** Who can become a member now. */
export function memberActions(desk: Desk): Action[] {
  return desk.cluster.present.nodes.flatMap((node) => joining(node, desk));
}

/** A blank node can become a member: of the cluster there is, or the first of a new one. */
function joining({ id, process, vitality, membership }: NodeView, desk: Desk): Action[] {
  if (membership !== 'blank' || vitality !== 'live') return [];
  const { present } = desk.cluster;
  const { bootstrap, join } = desk.t.actions;
  const about = { group: 'member', node: id, key: 'j' } as const;
  if (present.configuration.members.length === 0) {
    return [
      action({
        ...about,
        id: `bootstrap:${id}`,
        face: bootstrap.face,
        name: bootstrap.name(id),
        run: () => void desk.joins.bootstrap(id),
      }),
    ];
  }
  if (!process) return [];
  const via = joinVia(present);
  return [
    action({
      ...about,
      id: `join:${id}`,
      face: join.face,
      name: join.name(id),
      unavailable: via ? null : join.nobody,
      run: () => {
        if (via) void desk.joins.join(id, process.raftPort, via);
      },
    }),
  ];
}

/** Who is best asked to take a node in: the leader, else any member that is up. */
export function joinVia(view: ClusterView): string | null {
  const members = view.nodes.filter(
    (node) =>
      node.vitality === 'live' && (node.membership === 'voter' || node.membership === 'learner'),
  );
  return (members.find((node) => node.leads) ?? members[0])?.id ?? null;
}
