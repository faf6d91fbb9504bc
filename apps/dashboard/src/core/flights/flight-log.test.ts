import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  append,
  appendAnswer,
  beatAnswer,
  heartbeat,
  Recorded,
  voteAnswer,
  voteRequest,
} from '../../../test/recorded.js';
import { fateAt, flightTime } from './flight.js';

const flightsOf = ({ history }: Recorded) => history.flights.all.all();
const way = { from: 'n1', to: 'n2' };

test('a message is one flight, however late its sender tells of it', () => {
  const recorded = new Recorded();
  const message = heartbeat();
  recorded.trace('n2', 0.4, { kind: 'received', id: 1, from: 'n1', message });
  expect(flightsOf(recorded)).toEqual([]);
  recorded.trace('n1', 0, { kind: 'sent', id: 1, to: 'n2', message });
  const [flight, ...others] = flightsOf(recorded);
  expect(others).toEqual([]);
  expect(flight).toMatchObject({ ...way, message, t: recorded.t(0) });
  expect(flightTime(flight!)).toBeCloseTo(0.4);
});

test('a message is where it is told to be at every time', () => {
  const recorded = new Recorded();
  recorded.message({ ...way, sent: 0, received: 5, message: heartbeat() });
  recorded.message({ ...way, sent: 10, received: null, message: heartbeat(1) });
  const [heard, unheard] = flightsOf(recorded);
  expect([4, 5].map((ms) => fateAt(heard!, recorded.t(ms)))).toEqual(['flying', 'arrived']);
  expect([100, 3_000].map((ms) => fateAt(unheard!, recorded.t(ms)))).toEqual(['flying', 'unheard']);
});

test.each(['out', 'in'] as const)('a message lost on the side “%s” says where and why', (side) => {
  const recorded = new Recorded();
  const lost = { at: 1, side, reason: 'cut by ann' };
  recorded.message({ ...way, sent: 0, received: null, lost, message: heartbeat() });
  const [flight] = flightsOf(recorded);
  expect(flight?.loss).toEqual({ at: recorded.t(1), side, reason: 'cut by ann' });
  expect([0, 1].map((ms) => fateAt(flight!, recorded.t(ms)))).toEqual(['flying', 'lost']);
});

test('what nobody saw leaving is known by its arrival alone', () => {
  const recorded = new Recorded();
  recorded.message({ ...way, sent: null, received: 3, message: heartbeat() });
  expect(flightsOf(recorded)).toMatchObject([{ sentAt: null, receivedAt: recorded.t(3) }]);
});

test('a sender that does not tell of its message is not waited for longer than a second', () => {
  const recorded = new Recorded();
  const message = heartbeat();
  recorded.trace('n2', 0, { kind: 'received', id: 9, from: 'n1', message });
  expect(flightsOf(recorded)).toEqual([]);
  recorded.message({ from: 'n3', to: 'n2', sent: 1_001, received: 1_002, message: beatAnswer() });
  expect(flightsOf(recorded).map(({ from, sentAt }) => [from, sentAt !== null])).toEqual([
    ['n1', false],
    ['n3', true],
  ]);
});

test('a sender that has started anew counts anew', () => {
  const recorded = new Recorded();
  recorded.trace('n1', 0, { kind: 'sent', id: 1, to: 'n2', message: heartbeat() });
  recorded.trace('n1', 900, { kind: 'sent', id: 1, to: 'n2', message: heartbeat(1) });
  recorded.trace('n2', 901, { kind: 'received', id: 1, from: 'n1', message: heartbeat(1) });
  expect(flightsOf(recorded).map(({ receivedAt }) => receivedAt)).toEqual([null, recorded.t(901)]);
});

test.each([
  ['a heartbeat', heartbeat(7), beatAnswer(7)],
  ['a vote', voteRequest(4), voteAnswer(4)],
  ['a refused pre-vote', voteRequest(4, true), voteAnswer(5, 'leader-alive', true)],
  ['entries', append(11, 13), appendAnswer(13)],
  ['entries that were refused', append(11, 13), appendAnswer(null, 10)],
])('an answer knows its request: %s', (_, request, answer) => {
  const recorded = new Recorded();
  recorded.message({ ...way, sent: 0, received: 1, message: request });
  recorded.message({ from: 'n3', to: 'n2', sent: 0, received: 1, message: request });
  recorded.message({ from: 'n2', to: 'n1', sent: 2, received: 3, message: answer });
  const [first, , reply] = flightsOf(recorded);
  expect(reply?.answers).toBe(first);
});

const messages = fc.array(
  fc.record({
    sent: fc.integer({ min: 0, max: 900 }),
    took: fc.integer({ min: 0, max: 90 }),
    arrives: fc.boolean(),
  }),
  { maxLength: 30 },
);

prop.prop([messages, fc.infiniteStream(fc.boolean())])(
  'however the words of the two ends come in, each message is one flight with both its times',
  (given, turns) => {
    const recorded = new Recorded();
    const sends = given.map((one, at) => ({ ...one, id: at + 1, message: heartbeat(at) }));
    const senders = [...sends].sort((a, b) => a.sent - b.sent);
    const receivers = sends
      .filter(({ arrives }) => arrives)
      .sort((a, b) => a.sent + a.took - b.sent - b.took);
    while (senders.length + receivers.length > 0) {
      const sender = turns.next().value === true ? senders.shift() : undefined;
      const receiver = sender ? undefined : receivers.shift();
      const { id, message, sent, took } = (sender ?? receiver ?? senders[0])!;
      if (receiver) {
        recorded.trace('n2', sent + took, { kind: 'received', id, from: 'n1', message });
      } else {
        recorded.trace('n1', sent, { kind: 'sent', id, to: 'n2', message });
        if (!sender) senders.shift();
      }
      flightsOf(recorded);
    }
    const flights = flightsOf(recorded).map(({ message, t, receivedAt }) => [
      message.readPosition,
      t - recorded.start,
      receivedAt === null ? null : receivedAt - recorded.start,
    ]);
    const expected = sends.map(({ sent, took, arrives }, at) => [
      at,
      sent,
      arrives ? sent + took : null,
    ]);
    const byNumber = (a: unknown[], b: unknown[]) => Number(a[0]) - Number(b[0]);
    expect(flights.sort(byNumber)).toEqual(expected);
  },
);
