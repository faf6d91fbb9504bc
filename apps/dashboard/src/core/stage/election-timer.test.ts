import { expect, test } from 'vitest';
import { leading, status } from '../../../test/fixtures.js';
import { heartbeat, Recorded } from '../../../test/recorded.js';
import { electionTimerAt } from './election-timer.js';

const timer = (recorded: Recorded, ms: number, node = 'n2') => {
  const found = electionTimerAt(recorded.history.nodes.get(node)!, recorded.t(ms));
  return found && found.endsAt - recorded.start;
};
const waiting = (electionInMs: number) => status('n2', { electionInMs });
const heard = { from: 'n1', to: 'n2', message: heartbeat() };

test('a timer runs to the moment that the last status told', () => {
  const recorded = new Recorded().frame('n2', 0, waiting(600));
  expect([0, 200].map((ms) => timer(recorded, ms))).toEqual([600, 600]);
});

test('a leader has none', () => {
  const recorded = new Recorded().frame('n1', 0, leading());
  expect(timer(recorded, 1, 'n1')).toBeNull();
});

test("the leader's word starts it anew, at the moment when it came", () => {
  const recorded = new Recorded().frame('n2', 0, waiting(600));
  recorded.message({ ...heard, sent: 99, received: 100 });
  recorded.frame('n2', 250, waiting(700));
  expect([99, 100, 249].map((ms) => timer(recorded, ms))).toEqual([600, 950, 950]);
});

test('between two words without a status the middle of the range is taken', () => {
  const recorded = new Recorded().frame('n2', 0, waiting(600));
  for (const ms of [100, 200]) recorded.message({ ...heard, sent: ms - 1, received: ms });
  recorded.frame('n2', 250, waiting(700));
  expect([150, 200].map((ms) => timer(recorded, ms))).toEqual([850, 950]);
});
