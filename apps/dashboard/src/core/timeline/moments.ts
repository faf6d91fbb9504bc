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

/** The moment that has this time of day (`14:03`, `14:03:09.120`) on the day of `near`; null for no time of day. */
export function momentNear(text: string, near: number): number | null {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/.exec(text.trim());
  if (!parts) return null;
  const [, hours = '', minutes = '', seconds = '0', fraction = ''] = parts;
  const millis = Number(fraction.padEnd(3, '0'));
  return new Date(near).setHours(Number(hours), Number(minutes), Number(seconds), millis);
}
