import type { Fault } from '@quorate/contract';
import type { ClusterView } from '../cluster/cluster-view.js';
import type { Way } from './ways.js';

/** A fault in force, as the node tells in whose transport it stands. */
export interface StandingFault extends Fault {
  readonly at: string;
  /** Unique on the page; `id` is so on one node only. */
  readonly key: string;
  /** What it meets. */
  readonly ways: readonly Way[];
}

/**
 * Every fault that some node has told of and that has not run out since. What a dead process knew
 * is gone with it.
 */
export function standingFaults(view: ClusterView): StandingFault[] {
  return view.nodes.flatMap(({ id: at, vitality, status, ageMs }) => {
    if (vitality === 'dead') return [];
    return (status?.faults ?? []).flatMap((fault) => {
      const leftMs = fault.leftMs - (ageMs ?? 0);
      if (leftMs <= 0) return [];
      return [{ ...fault, leftMs, at, key: `${at}/${fault.id}`, ways: waysOf(at, fault) }];
    });
  });
}

/** What a fault meets that stands at a node. */
export function waysOf(at: string, { peer, direction }: Pick<Fault, 'peer' | 'direction'>): Way[] {
  const out = { from: at, to: peer };
  const into = { from: peer, to: at };
  if (direction === 'both') return [out, into];
  return [direction === 'out' ? out : into];
}
