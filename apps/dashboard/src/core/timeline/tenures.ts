import type { History } from '../history/history.js';
import type { Turn } from './lives.js';
import { numeral, type Told, word } from './told.js';

/** One node's time as leader of one term, by its own word. */
export interface Tenure {
  readonly key: string;
  readonly node: string;
  readonly term: number;
  readonly from: number;
  /** null while it leads. */
  readonly to: number | null;
  /** As `higher-term`, `killed`; null while it leads, and when nobody told. */
  readonly end: string | null;
}

export const tenureTypes = ['role-changed', 'stepped-down', 'stopping', 'failed'] as const;

interface End {
  readonly node: string;
  readonly t: number;
  readonly why: string | null;
}

/** Who led, oldest first. */
export function tenuresOf(
  history: History,
  events: readonly Told[],
  turns: readonly Turn[],
): Tenure[] {
  const ends = [...endsTold(events), ...endsOfProcesses(history, turns)].sort(
    (one, other) => one.t - other.t,
  );
  return [...beginningsTold(events), ...leadingAtFirst(history, events)]
    .map((beginning): Tenure => {
      const end = ends.find(({ node, t }) => node === beginning.node && t > beginning.from);
      return { ...beginning, to: end?.t ?? null, end: end?.why ?? null };
    })
    .sort((one, other) => one.from - other.from);
}

type Beginning = Omit<Tenure, 'to' | 'end'>;

function beginningsTold(events: readonly Told[]): Beginning[] {
  return events
    .filter(({ event }) => event.type === 'role-changed' && word(event, 'role') === 'leader')
    .map(({ key, node, t, event }) => ({ key, node, term: numeral(event, 'term'), from: t }));
}

/** Who led already when the first word came: since when, nobody told. */
function leadingAtFirst(history: History, events: readonly Told[]): Beginning[] {
  return [...history.nodes.values()].flatMap(({ id, frames }): Beginning[] => {
    const first = frames.first;
    if (first?.frame.status.role !== 'leader') return [];
    const { term } = first.frame.status;
    const told = events.some(
      ({ node, t, event }) =>
        node === id &&
        event.type === 'role-changed' &&
        t <= first.t &&
        numeral(event, 'term') === term,
    );
    return told ? [] : [{ key: `${id}/first`, node: id, term, from: first.t }];
  });
}

function endsTold(events: readonly Told[]): End[] {
  return events.flatMap(({ node, t, event }): End[] => {
    switch (event.type) {
      case 'stepped-down':
        return [{ node, t, why: word(event, 'reason') }];
      case 'stopping':
        return [{ node, t, why: 'stopped' }];
      case 'failed':
        return [{ node, t, why: 'crashed' }];
      case 'role-changed':
        return word(event, 'role') === 'leader' ? [] : [{ node, t, why: null }];
      default:
        return [];
    }
  });
}

function endsOfProcesses(history: History, turns: readonly Turn[]): End[] {
  return turns.flatMap(({ node, t, what }): End[] => {
    if (what === 'killed' || what === 'crashed' || what === 'stopped') {
      return [{ node, t, why: what }];
    }
    // Nobody told of its death: its last word came before it began anew.
    const last = what === 'started' ? history.of(node).frames.at(t)?.t : undefined;
    return last === undefined ? [] : [{ node, t: last, why: null }];
  });
}
