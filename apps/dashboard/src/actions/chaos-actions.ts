import { type Draft, draftOf, noDraft } from '../core/chaos/draft.js';
import { between, cut, type LinkRule, place, takesFaults } from '../core/chaos/plan.js';
import { presets, rulesOf } from '../core/chaos/presets.js';
import { endsOf } from '../core/chaos/reachability.js';
import { type StandingFault, standingFaults } from '../core/chaos/standing-faults.js';
import { ifLinks } from '../core/whatif/if-links.js';
import type { Desk } from '../state/desk.svelte.js';
import { action, type Action, type Confirm } from './action.js';

export const healAllId = 'heal-all';
export const applyId = 'apply-plan';

/** Faults between nodes: those that stand are healed, new ones injected. */
export function chaosActions(desk: Desk): Action[] {
  const faults = standingFaults(desk.cluster.present);
  const draft = draftOf(desk.router.params, desk.cluster.present);
  return [
    healAll(faults, desk),
    ...presetActions(desk),
    ...isolations(desk),
    ...faults.map((fault) => heal(fault, desk)),
    ...(desk.router.page === 'chaos' && draft ? [apply(draft, desk)] : []),
  ];
}

/** It asks nothing, and works from the past too: whoever is frightened finds the way back at once. */
function healAll(faults: readonly StandingFault[], { chaos, t }: Desk): Action {
  const words = t.chaos.heal;
  return action({
    id: healAllId,
    group: 'fault',
    name: words.all,
    key: 'h',
    busy: chaos.isPending(healAllId) ? words.allBusy : null,
    unavailable: faults.length === 0 ? words.allNone : null,
    inPast: true,
    run: () => void chaos.healAll(healAllId),
  });
}

function heal(fault: StandingFault, { chaos, t }: Desk): Action {
  const words = t.chaos.heal;
  const id = `heal:${fault.key}`;
  return action({
    id,
    group: 'fault',
    face: words.face,
    name: words.name(fault.ways, fault.effect),
    busy: chaos.isPending(id) ? words.busy : null,
    inPast: true,
    run: () => void chaos.heal(id, [fault]),
  });
}

/** A preset is looked at before it is applied. */
function presetActions({ cluster, router, t }: Desk): Action[] {
  return presets.map((preset) =>
    action({
      id: `preset:${preset}`,
      group: 'fault',
      name: t.chaos.presets[preset].name,
      unavailable: rulesOf(preset, cluster.present) ? null : t.chaos.noPreset,
      run: () => {
        router.go('chaos', null, { preset });
      },
    }),
  );
}

/** Who is down hears nobody as it is. */
function isolations(desk: Desk): Action[] {
  const { chaos, cluster, t } = desk;
  const ends = endsOf(cluster.present);
  const words = t.chaos.isolate;
  const up = cluster.present.nodes.filter(({ id, vitality }) => {
    return vitality === 'live' && ends.includes(id);
  });
  return up.map(({ id: node }) => {
    const id = `isolate:${node}`;
    const others = ends.filter((other) => other !== node);
    const rules = between([node], others, cut);
    return action({
      id,
      group: 'fault',
      node,
      key: 'i',
      face: words.face,
      name: words.name(node),
      confirm: confirmation(words.confirm(node), rules, desk),
      busy: chaos.isPending(id) ? words.busy(node) : null,
      unavailable: hindrance(rules, desk),
      run: () => void chaos.inject(id, rules),
    });
  });
}

function apply(draft: Draft, desk: Desk): Action {
  const { chaos, router, t } = desk;
  const words = t.chaos.plan;
  const what = draftName(draft, desk);
  return action({
    id: applyId,
    group: 'fault',
    face: words.apply,
    name: words.applyName(what),
    // The plan itself was the question, as long as a quorum is left.
    confirm: losesQuorum(draft.rules, desk)
      ? confirmation(words.confirm(what), draft.rules, desk)
      : null,
    busy: chaos.isPending(applyId) ? words.busy : null,
    unavailable: hindrance(draft.rules, desk),
    run: () => {
      void chaos.inject(applyId, draft.rules).then(() => {
        if (chaos.problems.length === 0) router.set(noDraft);
      });
    },
  });
}

export function draftName(draft: Draft, { t }: Desk): string {
  const words = t.chaos;
  switch (draft.kind) {
    case 'preset':
      return words.presets[draft.preset].name;
    case 'partition':
      return words.plan.asPartition(draft.one, draft.other);
    case 'link':
      return words.plan.asLink(draft.way, draft.effect, draft.both);
  }
}

function confirmation(name: string, rules: readonly LinkRule[], desk: Desk): Confirm {
  const words = desk.t.chaos.plan;
  const links = ifLinks(rules, desk.cluster.present);
  const lost = links.ableToLead.length === 0;
  return {
    grade: lost ? 'dialog' : 'click',
    name,
    impact: [words.sides(links), lost ? words.loses : words.able(links), words.leader(links)].join(
      ' ',
    ),
    whatIf: links,
    word: '',
  };
}

const losesQuorum = (rules: readonly LinkRule[], { cluster }: Desk): boolean =>
  ifLinks(rules, cluster.present).ableToLead.length === 0;

/** Why none of these rules can be placed; null when some can. */
function hindrance(rules: readonly LinkRule[], { cluster, t }: Desk): string | null {
  const { placements, unplaced } = place(rules, cluster.present);
  if (placements.length > 0) return null;
  if (!cluster.present.nodes.some(takesFaults)) return t.chaos.off;
  const [first] = unplaced;
  return first ? t.chaos.plan.unplaced[first.why](unplaced.map(({ rule }) => rule)) : null;
}
