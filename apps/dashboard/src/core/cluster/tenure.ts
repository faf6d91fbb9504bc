import type { History } from '../history/history.js';

/**
 * Since when a node leads a term: by its own word of the election, else by the first frame in which
 * it does; null when this page knows neither.
 */
export function leadsSince(
  history: History,
  leader: string,
  term: number,
  until: number,
): number | null {
  const { entries } = history.events.of(leader);
  for (let at = entries.countUntil(until) - 1; at >= 0; at -= 1) {
    const entry = entries.all()[at];
    if (entry?.kind !== 'event' || entry.event.type !== 'election-won') continue;
    if (entry.event.term === term) return entry.t;
  }
  const frames = history.nodes.get(leader)?.frames.all() ?? [];
  const first = frames.find(
    ({ frame: { status } }) => status.role === 'leader' && status.term === term,
  );
  return first && first.t <= until ? first.t : null;
}
