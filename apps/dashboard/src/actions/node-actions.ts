import type { ProcessAction } from '@quorate/contract';
import type { NodeView } from '../core/cluster/cluster-view.js';
import { gradeOf } from '../core/whatif/grade.js';
import { impactOf, type Disruption } from '../core/whatif/impact.js';
import { ifLed } from '../core/whatif/what-if.js';
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

/** What can be done with nodes and their processes now. */
export function nodeActions(desk: Desk): Action[] {
  return desk.cluster.present.nodes.flatMap((node) => [
    ...possible(node).map((act) => processAction(act, node, desk)),
    ...ownActions(node, desk),
  ]);
}

/** What a node itself is asked to do: stand for election, or take a snapshot. */
function ownActions(node: NodeView, desk: Desk): Action[] {
  const { id, vitality, membership, leads } = node;
  const isMember = membership === 'voter' || membership === 'learner';
  if (vitality !== 'live' || !isMember) return [];
  const words = desk.t.actions.nodes;
  const acts =
    membership === 'voter' && !leads
      ? (['election', 'snapshot'] as const)
      : (['snapshot'] as const);
  return acts.map((act) =>
    action({
      id: `${act}:${id}`,
      group: 'node',
      node: id,
      face: words[act].face,
      name: words[act].name(id),
      key: act === 'election' ? 'v' : null,
      confirm: act === 'election' ? electionConfirm(node, desk) : null,
      busy: desk.acts.pending(id) === act ? words[act].busy(id) : null,
      run: () => void desk.acts.perform(id, act),
    }),
  );
}

/** It may win, or not: what is certain is that the present leader is put to the vote. */
function electionConfirm({ id }: NodeView, desk: Desk): Confirm {
  const { present } = desk.cluster;
  const whatIf = ifLed(present, id);
  return {
    grade: gradeOf(whatIf),
    name: desk.t.actions.nodes.election.confirm(id),
    impact: desk.t.impact.election(id, present.leadership.leader),
    whatIf: null,
    word: id,
  };
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
