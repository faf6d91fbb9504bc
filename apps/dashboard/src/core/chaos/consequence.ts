import type { ClusterView } from '../cluster/cluster-view.js';
import type { LinkRule } from './plan.js';
import { reachability } from './reachability.js';

/** What a network allows: who could lead over it, and whether the present leader still can. */
export interface Consequence {
  /** Nodes that are up, by who is connected with whom both ways, however long the way; largest first. */
  readonly sides: readonly (readonly string[])[];
  /** Voters that hear, and are heard by, a quorum: themselves among it. */
  readonly ableToLead: readonly string[];
  readonly quorum: number;
  /** Who leads now; null for nobody. */
  readonly leader: string | null;
  /** Whether it is left without a quorum. */
  readonly strands: boolean;
}

/** What would be if these rules came into force, beside the faults that stand already. */
export function consequenceOf(rules: readonly LinkRule[], view: ClusterView): Consequence {
  const passes = passageUnder(rules, view);
  const up = view.nodes.filter(({ vitality }) => vitality === 'live').map(({ id }) => id);
  const both = (one: string, other: string) => passes(one, other) && passes(other, one);
  const { voters, quorum } = view.configuration;
  const upVoters = up.filter((id) => voters.includes(id));
  const ableToLead = upVoters.filter((id) => {
    return upVoters.filter((other) => other === id || both(id, other)).length >= quorum;
  });
  const { leader } = view.leadership;
  return {
    sides: components(up, both),
    ableToLead,
    quorum,
    leader,
    strands: leader !== null && !ableToLead.includes(leader),
  };
}

/** A link that flaps is cut half of the time: what needs it cannot be relied on. */
function passageUnder(
  rules: readonly LinkRule[],
  view: ClusterView,
): (from: string, to: string) => boolean {
  const standing = reachability(view).filter(({ passage }) => stops(passage));
  const added = rules.filter(({ effect }) => effect.type === 'cut' || effect.type === 'flap');
  const stopped = new Set([...standing, ...added].map(({ from, to }) => `${from}>${to}`));
  return (from, to) => !stopped.has(`${from}>${to}`);
}

const stops = (passage: string): boolean => passage === 'cut' || passage === 'flapping';

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
