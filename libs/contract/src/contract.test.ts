import { expect, test } from 'vitest';
import { ErrorBody, Leader, NodeEvent, nodeIdPattern, StatusFrame, Written } from './index.js';

test('an event keeps the fields of its own type, known here or not', () => {
  const event = {
    seq: 7,
    at: 1.5,
    time: 1,
    type: 'vote-cast',
    text: 'vote to n2',
    candidate: 'n2',
  };
  expect(NodeEvent.parse(event)).toEqual(event);
});

test('a field that a later version adds does not break a reader', () => {
  expect(Written.parse({ index: 3, term: 1, at: 'later' })).toEqual({ index: 3, term: 1 });
  expect(Leader.safeParse({ id: 'n1', address: 'a:1', url: null, since: 5 }).success).toBe(true);
});

test('an error says whether the write may have happened, and nothing vaguer', () => {
  const body = { code: 'deadline', message: 'no answer', retryable: true, leader: null };
  expect(ErrorBody.safeParse({ ...body, outcome: 'unknown' }).success).toBe(true);
  expect(ErrorBody.safeParse({ ...body, outcome: 'perhaps' }).success).toBe(false);
  expect(ErrorBody.safeParse(body).success).toBe(false);
});

test('a status frame without a whole status is none', () => {
  expect(StatusFrame.safeParse({ run: 'r', frame: 1, at: 0, status: { id: 'n1' } }).success).toBe(
    false,
  );
});

test.each(['n1', 'a', 'Node_1.eu-west', 'x'.repeat(63)])('%s is a node id', (id) => {
  expect(nodeIdPattern.test(id)).toBe(true);
});

test.each(['', 'x'.repeat(64), 'a b', 'a/b', 'ä', 'n1\n', '../n1'])('%j is no node id', (id) => {
  expect(nodeIdPattern.test(id)).toBe(false);
});
