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

/** What the supervisor can do with the processes of nodes now. */
export function processActions(desk: Desk): Action[] {
  return desk.cluster.present.nodes.flatMap((node) => [
    ...possible(node).map((act) => processAction(act, node, desk)),
    ...(isForgettable(node) ? [forgetting(node.id, desk)] : []),
  ]);
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
    busy: desk.acts.pending(node.id) === act ? words.busy(node.id) : null,
    unavailable: supervisor === 'open' ? null : desk.t.actions.noSupervisor,
    run: () => void desk.acts.perform(node.id, act),
  });
}

/** One that is down and no member, so that nobody waits for it. */
function isForgettable({ process, membership }: NodeView): boolean {
  return process?.state === 'exited' && membership !== 'voter' && membership !== 'learner';
}

/** Its volume goes with it: nothing could bring it back. */
function forgetting(id: string, desk: Desk): Action {
  const words = desk.t.actions.nodes.forget;
  return action({
    id: `forget:${id}`,
    group: 'node',
    node: id,
    face: words.face,
    name: words.name(id),
    confirm: {
      grade: 'dialog',
      name: words.confirm(id),
      impact: desk.t.impact.forget(id),
      whatIf: null,
      word: id,
    },
    busy: desk.acts.pending(id) === 'forget' ? words.busy(id) : null,
    unavailable: desk.cluster.present.supervisor === 'open' ? null : desk.t.actions.noSupervisor,
    run: () => void desk.acts.perform(id, 'forget'),
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
