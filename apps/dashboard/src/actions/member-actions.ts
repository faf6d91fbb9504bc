import type { MemberChange } from '@quorate/contract';
import { candidatesOf, configurationIndex, memberToAsk } from '../core/members/candidates.js';
import { gradeOf } from '../core/whatif/grade.js';
import { ifLed, ifMembers, type WhatIf } from '../core/whatif/what-if.js';
import type { Desk } from '../state/desk.svelte.js';
import { action, type Action, type Confirm } from './action.js';

/** Who can become a member, cease to be one, or change its part in the cluster. */
export function memberActions(desk: Desk): Action[] {
  const { present } = desk.cluster;
  const { members } = present.configuration;
  if (members.length === 0) return foundings(desk);
  return [
    ...candidatesOf(present).map(({ id, address }) => joining(id, address, desk)),
    ...members.flatMap(({ id, role }) =>
      role === 'learner'
        ? [changing('promote', id, desk), changing('remove', id, desk)]
        : [...handover(id, desk), changing('demote', id, desk), changing('remove', id, desk)],
    ),
  ];
}

/** A blank node can become the first member of a new cluster. */
function foundings(desk: Desk): Action[] {
  const { bootstrap } = desk.t.actions;
  return desk.cluster.present.nodes
    .filter(({ membership, vitality }) => membership === 'blank' && vitality === 'live')
    .map(({ id }) =>
      action({
        id: `bootstrap:${id}`,
        group: 'member',
        node: id,
        key: 'j',
        face: bootstrap.face,
        name: bootstrap.name(id),
        busy: desk.membership.isPending('bootstrap', id) ? bootstrap.busy(id) : null,
        run: () => void desk.membership.bootstrap(id),
      }),
    );
}

/** It comes in as a learner: nothing that is there can be lost by it. */
function joining(id: string, address: string, desk: Desk): Action {
  const words = desk.t.actions.join;
  return action({
    id: `join:${id}`,
    group: 'member',
    node: id,
    key: 'j',
    face: words.face,
    name: words.name(id),
    busy: desk.membership.isPending('add', id) ? words.busy(id) : null,
    unavailable: hindrance(desk),
    run: () => void desk.membership.change([{ type: 'add', id, address }]),
  });
}

function changing(type: 'promote' | 'demote' | 'remove', id: string, desk: Desk): Action {
  const { present } = desk.cluster;
  const words = desk.t.actions.members[type];
  const changes: readonly MemberChange[] = [{ type, id }];
  return action({
    id: `${type}:${id}`,
    group: 'member',
    node: id,
    face: words.face,
    name: words.name(id),
    confirm: memberConfirm(ifMembers(present, changes), words.confirm(id), id, desk),
    busy: desk.membership.isPending(type, id) ? words.busy(id) : null,
    unavailable: hindrance(desk),
    run: () => void desk.membership.change(changes, configurationIndex(present)),
  });
}

/** Leadership goes to another voter, while there is one who can hand it over. */
function handover(id: string, desk: Desk): Action[] {
  const { present } = desk.cluster;
  const { leader } = present.leadership;
  if (leader === null || leader === id) return [];
  const words = desk.t.actions.members.transfer;
  const live = present.nodes.some((node) => node.id === id && node.vitality === 'live');
  return [
    action({
      id: `transfer:${id}`,
      group: 'member',
      node: id,
      key: 'l',
      face: words.face,
      name: words.name(id),
      confirm: memberConfirm(ifLed(present, id), words.confirm(id), id, desk),
      busy: desk.membership.isPending('transfer', id) ? words.busy(id) : null,
      unavailable: live ? hindrance(desk) : desk.t.actions.members.notUp(id),
      run: () => void desk.membership.transfer(id),
    }),
  ];
}

/** What has to be accepted before the membership changes so. */
export function memberConfirm(whatIf: WhatIf, name: string, word: string, desk: Desk): Confirm {
  const { before, after } = whatIf;
  const leaderGoes = before.leader !== null && after.leader === null;
  const impact = [
    ...(leaderGoes ? [desk.t.impact.leaderGoes(before.leader)] : []),
    desk.t.impact.remaining(after),
  ];
  return { grade: gradeOf(whatIf), name, impact: impact.join(' '), whatIf, word };
}

/** Why the membership cannot change now; null when it can. */
export function hindrance(desk: Desk): string | null {
  const { present } = desk.cluster;
  const words = desk.t.actions.members;
  if (memberToAsk(present) === null) return words.nobody;
  const leader = present.nodes.find((node) => node.leads)?.status;
  if (!leader || !present.leadership.confirmed) return words.noLeader;
  return leader.configurationCommitted && leader.outgoing === null ? null : words.underWay;
}
