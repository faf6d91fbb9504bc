import type { History } from '../history/history.js';
import type { Span } from './kept-record.js';

/** The first moment at which all that is known of the cluster has been heard; null when nobody was. */
export function firstView(history: History): number | null {
  const heard = [...history.nodes.values()]
    .flatMap(({ frames }) => frames.first?.t ?? [])
    .sort((one, other) => one - other);
  const whole = heard.find((t) => history.viewAt(t).nodes.every(({ status }) => status !== null));
  return whole ?? heard.at(-1) ?? null;
}

/**
 * The part of time that a recording shows at first: all that was heard, and the events that led to
 * it, as long as they do not take more room than it.
 */
export function openingSpan(history: History, heard: Span): Span {
  const earliest = heard.from - (heard.to - heard.from);
  const events = history.events.between(earliest, heard.from);
  return { from: events[0]?.t ?? heard.from, to: heard.to };
}
