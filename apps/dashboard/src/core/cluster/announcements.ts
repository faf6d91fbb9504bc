import type { ClusterView } from './cluster-view.js';
import { vitalityInWords } from './observation.js';

/** What a person who does not see the page should hear after it changed: sentences, perhaps none. */
export function announcements(before: ClusterView, after: ClusterView): string[] {
  return [
    ...deathsAndReturns(before, after),
    ...leaderChange(before, after),
    ...health(before, after),
  ];
}

function deathsAndReturns(before: ClusterView, after: ClusterView): string[] {
  return after.nodes.flatMap(({ id, vitality, process }) => {
    const was = before.nodes.find((node) => node.id === id)?.vitality;
    if (was === undefined || was === vitality) return [];
    const worthSaying = vitality === 'live' || was === 'live';
    return worthSaying ? [`${id} ${vitalityInWords(vitality, process)}.`] : [];
  });
}

function leaderChange({ leadership: before }: ClusterView, { leadership: after }: ClusterView) {
  if (!after.confirmed || after.leader === null) return [];
  if (before.confirmed && before.leader === after.leader && before.term === after.term) return [];
  return [`${after.leader} leads term ${after.term}.`];
}

function health({ verdict: before }: ClusterView, { verdict: after }: ClusterView): string[] {
  return before.health === after.health ? [] : [after.headline];
}
