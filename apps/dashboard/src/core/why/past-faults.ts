import { FaultRequest } from '@quorate/contract';
import { type StandingFault, waysOf } from '../chaos/standing-faults.js';
import type { Evidence, Told } from './evidence.js';
import { wordIn } from './evidence.js';

/**
 * The faults in force at a time, by the events of the nodes: these reach back to before this page
 * was opened.
 */
export function faultsAt(evidence: Evidence, t: number): StandingFault[] {
  const standing = new Map<string, StandingFault>();
  for (const told of evidence.between(types, -Infinity, t, null)) {
    const key = `${told.node}/${wordIn(told, 'id') ?? ''}`;
    if (told.event.type === 'fault-injected') {
      const fault = injected(told, key, t);
      if (fault) standing.set(key, fault);
    } else if (told.event.type === 'fault-healed') {
      standing.delete(key);
    } else {
      // They are gone with the process that knew them.
      for (const { at, key: held } of standing.values()) {
        if (at === told.node) standing.delete(held);
      }
    }
  }
  return [...standing.values()].filter(({ leftMs }) => leftMs > 0);
}

const types = ['fault-injected', 'fault-healed', 'started'];

function injected(told: Told, key: string, t: number): StandingFault | null {
  const read = FaultRequest.safeParse(told.event);
  if (!read.success) return null;
  const { data } = read;
  return {
    ...data,
    id: wordIn(told, 'id') ?? '',
    leftMs: told.t + data.ttlMs - t,
    at: told.node,
    key,
    ways: waysOf(told.node, data),
  };
}
