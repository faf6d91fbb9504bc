import { kindOf, type MessageKind } from '../flights/message-kind.js';
import type { History } from '../history/history.js';
import type { TimedTrace } from '../history/node-history.js';

/** Kinds of messages that are passed over; null passes over every message. */
export type Hidden = ReadonlySet<MessageKind> | null;

/** When the next event happened after a time, or the next message came or went; null for nothing more. */
export function nextMoment(history: History, t: number, hidden: Hidden = null): number | null {
  const events = history.events.nodes.flatMap((node) => {
    const { entries } = history.events.of(node);
    return entries.all()[entries.countUntil(t)]?.t ?? [];
  });
  const messages = [...history.nodes.values()].flatMap(({ trace }) => {
    const records = trace.all();
    let at = hidden === null ? records.length : trace.countUntil(t);
    while (at < records.length && !counts(records[at], hidden)) at += 1;
    return records[at]?.t ?? [];
  });
  const times = [...events, ...messages];
  return times.length === 0 ? null : Math.min(...times);
}

/** When the last such thing happened before a time; null for nothing. */
export function previousMoment(history: History, t: number, hidden: Hidden = null): number | null {
  const events = history.events.nodes.flatMap((node) => {
    const { entries } = history.events.of(node);
    return entries.all().findLast((entry) => entry.t < t)?.t ?? [];
  });
  const messages = [...history.nodes.values()].flatMap(({ trace }) => {
    const records = trace.all();
    let at = hidden === null ? -1 : trace.countUntil(t) - 1;
    while (at >= 0 && !((records[at]?.t ?? t) < t && counts(records[at], hidden))) at -= 1;
    return records[at]?.t ?? [];
  });
  const times = [...events, ...messages];
  return times.length === 0 ? null : Math.max(...times);
}

/** Whether a message that is not hidden left, came or was lost. */
function counts(timed: TimedTrace | undefined, hidden: Hidden): boolean {
  if (!timed || !('message' in timed.record)) return false;
  const kind = kindOf(timed.record.message);
  return kind === null || !hidden?.has(kind);
}

/** The moment that has this time of day (`14:03`, `14:03:09.120`) on the day of `near`; null for no time of day. */
export function momentNear(text: string, near: number): number | null {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/.exec(text.trim());
  if (!parts) return null;
  const [, hours = '', minutes = '', seconds = '0', fraction = ''] = parts;
  const millis = Number(fraction.padEnd(3, '0'));
  return new Date(near).setHours(Number(hours), Number(minutes), Number(seconds), millis);
}
