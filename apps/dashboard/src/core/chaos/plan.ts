import type { FaultEffect, FaultRequest } from '@quorate/contract';
import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import type { Way } from './ways.js';

/** What is to become of the messages from one node to another. */
export interface LinkRule extends Way {
  readonly effect: FaultEffect;
}

/** A rule, and the node that will see to it. */
export interface Placement {
  readonly rule: LinkRule;
  readonly node: string;
  readonly request: Pick<FaultRequest, 'peer' | 'direction' | 'effect'>;
}

/**
 * - `chaos-off`: both ends were started without `QUORATE_CHAOS=on`
 * - `unreachable`: neither end answers this page
 */
export type Unplaceable = 'chaos-off' | 'unreachable';

export interface Placed {
  readonly placements: readonly Placement[];
  readonly unplaced: readonly { readonly rule: LinkRule; readonly why: Unplaceable }[];
}

/** The sender sees to a rule; where it cannot be asked, the receiver. */
export function place(rules: readonly LinkRule[], view: ClusterView): Placed {
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  const placements: Placement[] = [];
  const unplaced: Placed['unplaced'][number][] = [];
  for (const rule of rules) {
    const { from, to, effect } = rule;
    if (takesFaults(nodes.get(from))) {
      placements.push({ rule, node: from, request: { peer: to, direction: 'out', effect } });
    } else if (takesFaults(nodes.get(to))) {
      placements.push({ rule, node: to, request: { peer: from, direction: 'in', effect } });
    } else {
      const someLive = [from, to].some((id) => nodes.get(id)?.vitality === 'live');
      unplaced.push({ rule, why: someLive ? 'chaos-off' : 'unreachable' });
    }
  }
  return { placements, unplaced };
}

export function takesFaults(node: NodeView | undefined): boolean {
  return node?.vitality === 'live' && node.status !== null && node.status.faults !== null;
}

/** Both directions between every one of these and every one of those. */
export function between(
  these: readonly string[],
  those: readonly string[],
  effect: FaultEffect,
): LinkRule[] {
  return these.flatMap((one) =>
    those.flatMap((other) => [
      { from: one, to: other, effect },
      { from: other, to: one, effect },
    ]),
  );
}

export const cut: FaultEffect = { type: 'cut' };
