import type { FaultEffect, FaultRequest } from '@quorate/contract';
import type { History } from '../history/history.js';
import type { Turn } from './lives.js';
import { type Told, word } from './told.js';

/** A fault between a node and a peer, for as long as it was in force. */
export interface FaultSpan {
  readonly key: string;
  /** Where it was injected. */
  readonly node: string;
  readonly peer: string;
  readonly direction: FaultRequest['direction'];
  readonly effect: FaultEffect;
  readonly owner: string;
  readonly from: number;
  /** null while it is in force. */
  readonly to: number | null;
}

export const faultTypes = ['fault-injected', 'fault-healed'] as const;

/** All faults that were told, oldest first. A node that starts anew has none of its faults any more. */
export function faultsOf(
  history: History,
  events: readonly Told[],
  turns: readonly Turn[],
): FaultSpan[] {
  const ends = [
    ...events.flatMap(({ node, t, event }) => {
      return event.type === 'fault-healed' ? [{ node, t, id: word(event, 'id') }] : [];
    }),
    ...turns.flatMap(({ node, t, what }) => (what === 'started' ? [{ node, t, id: null }] : [])),
  ].sort((one, other) => one.t - other.t);
  const injected = events.flatMap((one) =>
    one.event.type === 'fault-injected' ? [spanOf(one)] : [],
  );
  const known = new Set(injected.map(({ node, id }) => `${node}/${id}`));
  return [...injected, ...inForceUntold(history, known)]
    .map(({ id, ...span }): FaultSpan => {
      const end = ends.find(
        (one) => one.node === span.node && one.t > span.from && (one.id === id || one.id === null),
      );
      return { ...span, to: end?.t ?? null };
    })
    .sort((one, other) => one.from - other.from);
}

type Beginning = Omit<FaultSpan, 'to'> & { readonly id: string };

function spanOf({ key, node, t, event }: Told): Beginning {
  return {
    key,
    id: word(event, 'id') ?? '',
    node,
    peer: word(event, 'peer') ?? '',
    direction: event.direction as FaultRequest['direction'],
    effect: event.effect as FaultEffect,
    owner: word(event, 'owner') ?? '',
    from: t,
  };
}

/** In force by the nodes' last words, and older than the events that are kept. */
function inForceUntold(history: History, known: ReadonlySet<string>): Beginning[] {
  return [...history.nodes.values()].flatMap(({ id: node, frames }) => {
    const last = frames.last;
    return (last?.frame.status.faults ?? [])
      .filter(({ id }) => !known.has(`${node}/${id}`))
      .map(({ id, peer, direction, effect, owner, ttlMs, leftMs }) => ({
        key: `${node}/fault/${id}`,
        ...{ id, node, peer, direction, effect, owner },
        from: (last?.t ?? 0) - (ttlMs - leftMs),
      }));
  });
}
