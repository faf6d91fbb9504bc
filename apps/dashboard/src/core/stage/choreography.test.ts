import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { beatAnswer, heartbeat, Recorded } from '../../../test/recorded.js';
import { arrival, departure, end, progress, start } from './choreography.js';

const there = { from: 'n1', to: 'n2' };
const back = { from: 'n2', to: 'n1' };
const flightsOf = ({ history }: Recorded) => history.flights.all.all();

test('a slow flight is seen as it was', () => {
  const recorded = new Recorded();
  recorded.message({ ...there, sent: 0, received: 400, message: heartbeat() });
  const [flight] = flightsOf(recorded);
  const at = (ms: number) => progress(flight!, recorded.t(ms), 350);
  expect([-100, 0, 100, 400].map(at)).toEqual([-0.25, 0, 0.25, 1]);
});

const times = fc.integer({ min: 0, max: 1_000 });

prop.prop([times, times, times, fc.integer({ min: 1, max: 600 })])(
  'every flight is seen for the least time or longer, and an answer behind its request',
  (took, thought, tookBack, leastMs) => {
    const recorded = new Recorded();
    recorded.message({ ...there, sent: 0, received: took, message: heartbeat() });
    const [sent, received] = [took + thought, took + thought + tookBack];
    recorded.message({ ...back, sent, received, message: beatAnswer() });
    const [request, answer] = flightsOf(recorded);
    for (const flight of [request!, answer!]) {
      const [from, until] = [departure(flight, leastMs), arrival(flight, leastMs)];
      expect(until - from).toBeGreaterThanOrEqual(leastMs - 1e-3);
      expect(from).toBeGreaterThanOrEqual(flight.t);
      expect(until).toBeGreaterThanOrEqual(flight.receivedAt!);
    }
    expect(departure(answer!, leastMs)).toBeGreaterThanOrEqual(arrival(request!, leastMs));
  },
);

test('what is lost ends near the side that lost it, and in the middle where nobody knows', () => {
  const recorded = new Recorded();
  const message = heartbeat();
  for (const side of ['out', 'in'] as const) {
    const lost = { at: 1, side, reason: 'cut by ann' };
    recorded.message({ ...there, sent: 0, received: null, lost, message });
  }
  recorded.message({ ...there, sent: 2, received: null, message });
  recorded.message({ ...there, sent: null, received: 3, message });
  const ways = flightsOf(recorded).map((flight) => [start(flight), end(flight)]);
  expect(ways).toEqual([
    [0, 0.2],
    [0, 0.8],
    [0, 0.5],
    [0.5, 1],
  ]);
});
