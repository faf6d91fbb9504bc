import { standingFaults } from '../chaos/standing-faults.js';
import type { ClusterView } from './cluster-view.js';
import { exitInWords, type Vitality } from './observation.js';
import type { Headline } from './verdict.js';

/** Something that a person who does not see the page should hear. */
export type Announcement =
  | {
      readonly kind: 'vitality';
      readonly node: string;
      readonly vitality: Vitality;
      readonly how: string | null;
    }
  | { readonly kind: 'leader'; readonly leader: string; readonly term: number }
  | { readonly kind: 'verdict'; readonly headline: Headline }
  /** So many injected faults are in force now. */
  | { readonly kind: 'faults'; readonly count: number };

/** What changed that is worth saying, perhaps nothing. */
export function announcements(before: ClusterView, after: ClusterView): Announcement[] {
  return [
    ...deathsAndReturns(before, after),
    ...leaderChange(before, after),
    ...health(before, after),
    ...faults(before, after),
  ];
}

function deathsAndReturns(before: ClusterView, after: ClusterView): Announcement[] {
  return after.nodes.flatMap(({ id, vitality, process }): Announcement[] => {
    const was = before.nodes.find((node) => node.id === id)?.vitality;
    if (was === undefined || was === vitality) return [];
    if (vitality !== 'live' && was !== 'live') return [];
    const how = vitality === 'dead' && process ? exitInWords(process) : null;
    return [{ kind: 'vitality', node: id, vitality, how }];
  });
}

function leaderChange(
  { leadership: before }: ClusterView,
  { leadership: after }: ClusterView,
): Announcement[] {
  if (!after.confirmed || after.leader === null || after.term === null) return [];
  if (before.confirmed && before.leader === after.leader && before.term === after.term) return [];
  return [{ kind: 'leader', leader: after.leader, term: after.term }];
}

function health({ verdict: before }: ClusterView, { verdict: after }: ClusterView): Announcement[] {
  return before.health === after.health ? [] : [{ kind: 'verdict', headline: after.headline }];
}

function faults(before: ClusterView, after: ClusterView): Announcement[] {
  const count = standingFaults(after).length;
  return standingFaults(before).length === count ? [] : [{ kind: 'faults', count }];
}
