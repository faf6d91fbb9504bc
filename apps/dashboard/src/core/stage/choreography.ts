import type { Flight } from '../flights/flight.js';

/** A flight is seen for at least so long, ms of the spectator's time: real ones last less than one. */
export const shownMs = 350;
/** What was lost stays to be seen where it ended, ms of the spectator's time. */
export const lingerMs = 1_500;

/** When a flight is seen to begin: an answer not before its request was seen to arrive. */
export function departure(flight: Flight, leastMs: number): number {
  const { t, sentAt, answers } = flight;
  if (sentAt === null) return t - leastMs;
  return answers ? Math.max(t, arrival(answers, leastMs)) : t;
}

/** When a flight is seen to end. */
export function arrival(flight: Flight, leastMs: number): number {
  const end = flight.receivedAt ?? flight.loss?.at ?? flight.t;
  return Math.max(end, departure(flight, leastMs) + leastMs);
}

/** Which part of its way is seen: all of it, or what is known of it, 0 to 1. */
export function start({ sentAt }: Flight): number {
  return sentAt === null ? 0.5 : 0;
}

export function end({ receivedAt, loss }: Flight): number {
  if (receivedAt !== null) return 1;
  if (!loss) return 0.5;
  return loss.side === 'out' ? 0.2 : 0.8;
}

/** How far a flight is seen to be along its seen way: below 0 not yet there, above 1 at its end. */
export function progress(flight: Flight, t: number, leastMs: number): number {
  const from = departure(flight, leastMs);
  return (t - from) / (arrival(flight, leastMs) - from);
}
