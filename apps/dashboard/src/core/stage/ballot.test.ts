import { expect, test } from 'vitest';
import { Recorded } from '../../../test/recorded.js';
import { ballotAt } from './ballot.js';

const voters = ['n1', 'n2', 'n3'];
const about = { term: 4, preVote: false };

function election(): Recorded {
  const recorded = new Recorded();
  recorded.event('n2', 0, 'election-started', { ...about, votesNeeded: 2 });
  recorded.event('n3', 1, 'vote-cast', { ...about, candidate: 'n2', refusal: null });
  recorded.event('n2', 2, 'vote-received', { ...about, from: 'n3', refusal: null });
  recorded.event('n2', 3, 'vote-received', { ...about, from: 'n1', refusal: 'log-behind' });
  return recorded;
}

const states = (recorded: Recorded, ms: number) =>
  ballotAt(recorded.history, 'n2', voters, recorded.t(ms))?.votes.map(({ state }) => state);

test('votes are open, then coming, then there', () => {
  const recorded = election();
  expect(states(recorded, -1)).toBeUndefined();
  expect(states(recorded, 0)).toEqual(['open', 'granted', 'open']);
  expect(states(recorded, 1)).toEqual(['open', 'granted', 'coming']);
  expect(states(recorded, 2)).toEqual(['open', 'granted', 'granted']);
  expect(states(recorded, 3)).toEqual(['refused', 'granted', 'granted']);
});

test('a refusal says why, and a ballot what it needs', () => {
  const recorded = election();
  const ballot = ballotAt(recorded.history, 'n2', voters, recorded.t(9));
  expect(ballot).toMatchObject({ term: 4, preVote: false, needed: 2 });
  expect(ballot?.votes[0]?.refusal).toBe('log-behind');
});

test('pre-votes are no votes, and those of an older term are none of this one', () => {
  const recorded = new Recorded();
  recorded.event('n2', 0, 'election-started', { ...about, preVote: true, votesNeeded: 2 });
  recorded.event('n2', 1, 'election-started', { ...about, votesNeeded: 2 });
  recorded.event('n2', 2, 'vote-received', { ...about, preVote: true, from: 'n3', refusal: null });
  recorded.event('n2', 3, 'vote-received', { ...about, term: 3, from: 'n1', refusal: null });
  expect(states(recorded, 9)).toEqual(['open', 'granted', 'open']);
});

test('a ballot that is long over is not shown', () => {
  const recorded = election();
  expect(ballotAt(recorded.history, 'n2', voters, recorded.t(2_001), 2_000)).toBeNull();
});
