import type { LinkRule } from '../chaos/plan.js';
import { reachability } from '../chaos/reachability.js';
import type { ClusterView } from '../cluster/cluster-view.js';
import { toleranceOf } from './quorum.js';
import { standing, standingOf, type WhatIf } from './what-if.js';

/** What a network allows: who could lead over it, and whether the present leader still can. */
export interface LinksIf extends WhatIf {
  /** Nodes that are up, by who is connected with whom both ways, however long the way; largest first. */
  readonly sides: readonly (readonly string[])[];
  /** Voters that hear, and are heard by, a quorum: themselves among it. */
  readonly ableToLead: readonly string[];
  /** Whether the present leader is left without a quorum. */
  readonly strands: boolean;
}

/** These rules come into force, beside the faults that stand already. */
export function ifLinks(rules: readonly LinkRule[], view: ClusterView): LinksIf {
  const passes = passageUnder(rules, view);
  const both = (one: string, other: string) => passes(one, other) && passes(other, one);
  const { electorate } = view.configuration;
  const up = view.nodes.filter(({ vitality }) => vitality === 'live').map(({ id }) => id);
  const heardBy = new Map(
    up
      .filter((id) => electorate.some((voters) => voters.includes(id)))
      .map((id) => [id, up.filter((other) => other === id || both(id, other))]),
  );
  const ableToLead = [...heardBy.keys()].filter(
    (id) => toleranceOf(electorate, heardBy.get(id) ?? []) >= 0,
  );
  const before = standingOf(view);
  const strands = before.leader !== null && !ableToLead.includes(before.leader);
  const leader = strands ? null : before.leader;
  const working = heardBy.get(leader ?? '') ?? largest([...heardBy.values()]);
  return {
    before,
    after: standing(electorate, working, leader),
    sides: components(up, both),
    ableToLead,
    strands,
  };
}

/** A link that flaps is cut half of the time: what needs it cannot be relied on. */
function passageUnder(
  rules: readonly LinkRule[],
  view: ClusterView,
): (from: string, to: string) => boolean {
  const standing = reachability(view).filter(({ passage }) => {
    return passage === 'cut' || passage === 'flapping';
  });
  const added = rules.filter(({ effect }) => effect.type === 'cut' || effect.type === 'flap');
  const stopped = new Set([...standing, ...added].map(({ from, to }) => `${from}>${to}`));
  return (from, to) => !stopped.has(`${from}>${to}`);
}

const largest = (groups: readonly (readonly string[])[]): readonly string[] =>
  groups.reduce((best, group) => (group.length > best.length ? group : best), []);

function components(
  ids: readonly string[],
  connected: (one: string, other: string) => boolean,
): string[][] {
  const left = new Set(ids);
  const found: string[][] = [];
  for (const id of ids) {
    if (!left.delete(id)) continue;
    const side = [id];
    for (const member of side) {
      for (const other of left) {
        if (!connected(member, other)) continue;
        left.delete(other);
        side.push(other);
      }
    }
    found.push(ids.filter((one) => side.includes(one)));
  }
  return found.sort((one, other) => other.length - one.length);
}
