import type { Series } from '../history/series.js';
import type { Flight } from './flight.js';

/** The latest flights up to a time that somebody wants to see, newest first. */
export function latestFlights(
  flights: Series<Flight>,
  t: number,
  limit: number,
  wanted: (flight: Flight) => boolean,
): Flight[] {
  const found: Flight[] = [];
  const all = flights.all();
  for (let at = flights.countUntil(t) - 1; at >= 0 && found.length < limit; at--) {
    const flight = all[at];
    if (flight && wanted(flight)) found.push(flight);
  }
  return found;
}
