import type { NodeEvent } from '@quorate/contract';
import type { History } from '../history/history.js';

/** An event, with who told it and when. */
export interface Told {
  readonly key: string;
  readonly t: number;
  readonly node: string;
  readonly run: string;
  readonly event: NodeEvent;
}

/** Events of these types, of all nodes, in the order of their times. */
export function told(history: History, types: ReadonlySet<string>): Told[] {
  return history.events.nodes
    .flatMap((node) => history.events.of(node).entries.all())
    .filter((entry) => entry.kind === 'event')
    .filter(({ event }) => types.has(event.type))
    .sort((one, other) => one.t - other.t);
}

/** A field of an event that is a word; null where it is none. */
export function word(event: NodeEvent, field: string): string | null {
  const value = event[field];
  return typeof value === 'string' ? value : null;
}

/** A field of an event that is a number; 0 where it is none. */
export function numeral(event: NodeEvent, field: string): number {
  const value = event[field];
  return typeof value === 'number' ? value : 0;
}
