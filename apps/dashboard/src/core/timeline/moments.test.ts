import { expect, test } from 'vitest';
import { heartbeat, Recorded, voteRequest } from '../../../test/recorded.js';
import type { MessageKind } from '../flights/message-kind.js';
import { nextMoment, previousMoment } from './moments.js';

function recorded(): Recorded {
  const told = new Recorded();
  told.event('n1', 0, 'one');
  told.message({ from: 'n1', to: 'n2', sent: 2, received: 3, message: heartbeat() });
  told.message({ from: 'n2', to: 'n3', sent: 4, received: 5, message: voteRequest(4) });
  told.event('n3', 6, 'other');
  return told;
}

/** All moments from one end to the other. */
function walk(find: typeof nextMoment, from: number, hidden: ReadonlySet<MessageKind> | null) {
  const told = recorded();
  const moments: number[] = [];
  let t = find(told.history, told.t(from), hidden);
  while (t !== null) {
    moments.push(t - told.start);
    t = find(told.history, t, hidden);
  }
  return moments;
}

test('events are moments', () => {
  expect(walk(nextMoment, -1, null)).toEqual([0, 6]);
  expect(walk(previousMoment, 9, null)).toEqual([6, 0]);
});

test('where messages are asked for, both their ends are moments', () => {
  expect(walk(nextMoment, -1, new Set())).toEqual([0, 2, 3, 4, 5, 6]);
  expect(walk(previousMoment, 9, new Set())).toEqual([6, 5, 4, 3, 2, 0]);
});

test('hidden messages are passed over', () => {
  expect(walk(nextMoment, -1, new Set(['heartbeat']))).toEqual([0, 4, 5, 6]);
  expect(walk(previousMoment, 9, new Set(['heartbeat']))).toEqual([6, 5, 4, 0]);
});
