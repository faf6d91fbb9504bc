import type { History } from '../history/history.js';

/** When the next thing happened after a time; null for nothing more. */
export function nextMoment(history: History, t: number): number | null {
  const times = history.events.nodes.flatMap((node) => {
    const { entries } = history.events.of(node);
    return entries.all()[entries.countUntil(t)]?.t ?? [];
  });
  return times.length === 0 ? null : Math.min(...times);
}

/** When the last thing happened before a time; null for nothing. */
export function previousMoment(history: History, t: number): number | null {
  const times = history.events.nodes.flatMap((node) => {
    const { entries } = history.events.of(node);
    return entries.all().findLast((entry) => entry.t < t)?.t ?? [];
  });
  return times.length === 0 ? null : Math.max(...times);
}
