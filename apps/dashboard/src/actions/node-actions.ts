import type { ProcessAction } from '@quorate/contract';
import type { NodeView } from '../core/cluster/cluster-view.js';
import { impactOf, type Disruption } from '../core/whatif/impact.js';
import type { Desk } from '../state/desk.svelte.js';
import { action, type Action, type Confirm } from './action.js';

const keys: Record<ProcessAction, string | null> = {
  pause: 'p',
  resume: 'p',
  restart: 'r',
  start: 'r',
  stop: 's',
  kill: 'k',
  wipe: null,
};

const disruptions: readonly ProcessAction[] = ['kill', 'stop', 'pause', 'restart', 'wipe'];

/** What can be done with the processes of nodes now. */
export function nodeActions(desk: Desk): Action[] {
  return desk.cluster.present.nodes.flatMap((node) =>
    possible(node).map((act) => processAction(act, node, desk)),
  );
}

/** A volume is wiped only under a node that is down. */
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

function processAction(act: ProcessAction, node: NodeView, desk: Desk): Action {
  const words = desk.t.actions.processes[act];
  const { supervisor } = desk.cluster.present;
  return action({
    id: `${act}:${node.id}`,
    group: 'node',
    node: node.id,
    face: words.face,
    name: words.name(node.id),
    key: keys[act],
    confirm: isDisruption(act) ? confirmation(act, node, desk) : null,
    busy: desk.processes.pending(node.id) === act ? words.busy(node.id) : null,
    unavailable: supervisor === 'open' ? null : desk.t.actions.noSupervisor,
    run: () => void desk.processes.perform(node.id, act),
  });
}

function confirmation(act: Disruption, node: NodeView, desk: Desk): Confirm {
  const impact = impactOf(act, node, desk.cluster.present);
  return {
    grade: impact.grade,
    name: desk.t.actions.processes[act].confirm(node.id),
    impact: desk.t.impact.ofNode(impact),
    whatIf: impact.votes ? impact.whatIf : null,
    word: node.id,
  };
}

function isDisruption(act: ProcessAction): act is Disruption {
  return disruptions.includes(act);
}
