import type { NodeView } from '../core/cluster/cluster-view.js';
import { gradeOf } from '../core/whatif/grade.js';
import { ifLed } from '../core/whatif/what-if.js';
import type { Desk } from '../state/desk.svelte.js';
import { action, type Action, type Confirm } from './action.js';

/** What nodes themselves can be asked to do now. */
export function nodeActions(desk: Desk): Action[] {
  return desk.cluster.present.nodes
    .filter(({ vitality }) => vitality === 'live')
    .flatMap((node) => [
      ...(node.membership === 'voter' && !node.leads ? [election(node, desk)] : []),
      ...(isMember(node) ? [snapshot(node.id, desk)] : []),
    ]);
}

const isMember = ({ membership }: NodeView): boolean =>
  membership === 'voter' || membership === 'learner';

/** It may win, or not: what is certain is that the present leader is put to the vote. */
function election({ id }: NodeView, desk: Desk): Action {
  const words = desk.t.actions.nodes.election;
  const { present } = desk.cluster;
  const confirm: Confirm = {
    grade: gradeOf(ifLed(present, id)),
    name: words.confirm(id),
    impact: desk.t.impact.election(id, present.leadership.leader),
    whatIf: null,
    word: id,
  };
  return action({
    id: `election:${id}`,
    group: 'node',
    node: id,
    face: words.face,
    name: words.name(id),
    key: 'v',
    confirm,
    busy: desk.acts.pending(id) === 'election' ? words.busy(id) : null,
    run: () => void desk.acts.perform(id, 'election'),
  });
}

function snapshot(id: string, desk: Desk): Action {
  const words = desk.t.actions.nodes.snapshot;
  return action({
    id: `snapshot:${id}`,
    group: 'node',
    node: id,
    face: words.face,
    name: words.name(id),
    busy: desk.acts.pending(id) === 'snapshot' ? words.busy(id) : null,
    run: () => void desk.acts.perform(id, 'snapshot'),
  });
}
