import type { ProcessAction } from '@quorate/contract';
import type { ClusterView, NodeView } from '../core/cluster/cluster-view.js';
import { impactOf, type Disruption } from '../core/cluster/impact.js';
import type { Desk } from '../state/desk.svelte.js';
import type { Action } from './action.js';

interface Face {
  readonly face: string;
  readonly key: string | null;
  readonly doing: string;
}

const faces: Record<ProcessAction, Face> = {
  pause: { face: 'Pause', key: 'p', doing: 'Pausing' },
  resume: { face: 'Resume', key: 'p', doing: 'Resuming' },
  restart: { face: 'Restart', key: 'r', doing: 'Restarting' },
  start: { face: 'Start', key: 'r', doing: 'Starting' },
  stop: { face: 'Stop', key: 's', doing: 'Stopping' },
  kill: { face: 'Kill', key: 'k', doing: 'Killing' },
  wipe: { face: 'Wipe', key: null, doing: 'Wiping' },
};

const disruptions: readonly ProcessAction[] = ['kill', 'stop', 'pause', 'restart', 'wipe'];

/** What can be done with a node now. A volume is wiped only under a node that is down. */
export function nodeActions(node: NodeView, view: ClusterView, desk: Desk): Action[] {
  return [
    ...memberActions(node, view, desk),
    ...possible(node).map((action) => processAction(action, node, view, desk)),
  ];
}

function possible({ process }: NodeView): readonly ProcessAction[] {
  switch (process?.state) {
    case 'running':
    case 'starting':
      return ['pause', 'restart', 'stop', 'kill'];
    case 'paused':
      return ['resume', 'kill'];
    case 'stopping':
      return ['kill'];
    case 'exited':
      return ['start', 'wipe'];
    case undefined:
      return [];
  }
}

function processAction(
  action: ProcessAction,
  node: NodeView,
  view: ClusterView,
  desk: Desk,
): Action {
  const { face, key, doing } = faces[action];
  const name = `${face} ${node.id}`;
  return {
    id: `${action}:${node.id}`,
    face,
    name,
    key,
    confirm: isDisruption(action)
      ? { name: `Confirm ${action} ${node.id}`, impact: impactOf(action, node, view) }
      : null,
    busy: desk.processes.pending(node.id) === action ? `${doing} ${node.id}…` : null,
    unavailable: view.supervisor === 'open' ? null : 'The supervisor does not answer.',
    run: () => void desk.processes.perform(node.id, action),
  };
}

function isDisruption(action: ProcessAction): action is Disruption {
  return disruptions.includes(action);
}

/** A blank node can become a member: of the cluster there is, or the first of a new one. */
function memberActions(node: NodeView, view: ClusterView, desk: Desk): Action[] {
  const { id, process, vitality, membership } = node;
  if (membership !== 'blank' || vitality !== 'live') return [];
  const always = { key: 'j', confirm: null, busy: null };
  if (view.configuration.members.length === 0) {
    return [
      {
        ...always,
        id: `bootstrap:${id}`,
        face: 'Make it the first member',
        name: `Make ${id} the first member`,
        unavailable: null,
        run: () => void desk.joins.bootstrap(id),
      },
    ];
  }
  if (!process) return [];
  const via = joinVia(view);
  return [
    {
      ...always,
      id: `join:${id}`,
      face: 'Join',
      name: `Join ${id}`,
      unavailable: via ? null : 'No member is up to take it in.',
      run: () => {
        if (via) void desk.joins.join(id, process.raftPort, via);
      },
    },
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
