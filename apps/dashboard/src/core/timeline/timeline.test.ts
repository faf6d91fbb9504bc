import { beforeAll, expect, test } from 'vitest';
import { recordedElection } from '../../../test/recorded-election.js';
import type { History } from '../history/history.js';
import { failoversOf } from './failovers.js';
import { happeningsOf } from './happenings.js';
import { downSpans } from './lives.js';
import { reignsOf } from './reigns.js';
import { tapeOf } from './tape.js';
import { timelineOf } from './timeline.js';

let history: History;
let span: { from: number; to: number };
let first: string;
let second: string;

beforeAll(async () => {
  const { header, history: recorded } = await recordedElection();
  history = recorded;
  // From when all three were heard.
  const heard = [...history.nodes.values()].map(({ frames }) => frames.first?.t ?? NaN);
  span = { from: Math.max(...heard), to: header.to };
  first = history.viewAt(span.from).leadership.leader ?? '';
  second = history.viewAt(span.to).leadership.leader ?? '';
});

test('a real failover is told: who led, who stood and why, with which votes, and who won', () => {
  expect([first, second].every((id) => id !== '') && first !== second).toBe(true);
  const { tenures, elections } = timelineOf(history);
  const before = tenures.findLast(({ node }) => node === first);
  expect(before?.end).toBe('killed');
  const won = elections.findLast(({ outcome }) => outcome === 'won');
  expect(won).toMatchObject({ candidate: second, cause: 'disconnected', lastLeader: first });
  expect(won?.rounds.map(({ preVote }) => preVote)).toEqual([true, false]);
  for (const { votes, votesNeeded } of won!.rounds) {
    const granted = votes.filter(({ refusal, counted }) => refusal === null && counted);
    expect(granted.length).toBeGreaterThanOrEqual(votesNeeded);
    expect(new Set(votes.map(({ voter }) => voter)).size).toBe(votes.length);
  }
});

test('a real failover is measured: detection, election and first commit follow each other', () => {
  const failover = failoversOf(history, timelineOf(history)).at(-1);
  expect(failover).toMatchObject({ from: first, to: second, planned: false });
  const { detectionMs, electionMs, commitMs, totalMs } = failover!;
  for (const part of [detectionMs, electionMs, commitMs]) expect(part).toBeGreaterThanOrEqual(0);
  expect(detectionMs! + electionMs! + commitMs!).toBeCloseTo(totalMs!);
});

test('a node that was killed is down until it starts', () => {
  const { turns } = timelineOf(history);
  const down = downSpans(turns, first).at(-1);
  expect(down?.to).toBeGreaterThan(down?.from ?? NaN);
  expect(
    turns
      .filter(({ node }) => node === first)
      .map(({ what }) => what)
      .slice(-2),
  ).toEqual(['killed', 'started']);
});

test('no two lead at one time on the tape, and the term never falls', () => {
  const reigns = reignsOf(timelineOf(history), span);
  expect(reigns.map(({ leader }) => leader)).toEqual([first, null, second]);
  reigns.slice(1).forEach((reign, at) => {
    expect(reign.from).toBe(reigns[at]?.to);
    expect(reign.term).toBeGreaterThanOrEqual(reigns[at]?.term ?? NaN);
  });
});

test('the tape shows the death, the election, the writes, and that somebody was always heard', () => {
  const tape = tapeOf(history, span, 200);
  expect(tape.marks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['killed', 'won']));
  expect(tape.writes.some((count) => count > 0)).toBe(true);
  expect(tape.unheard).toEqual([]);
  const earlier = tapeOf(history, { from: span.from - 60_000, to: span.from - 30_000 }, 10);
  expect(earlier.unheard).toEqual([{ from: span.from - 60_000, to: span.from - 30_000 }]);
});

test('one kind and one node can be asked for, newest first', () => {
  const choice = { kinds: ['process'], nodes: [first], span } as const;
  const found = happeningsOf(timelineOf(history), choice);
  expect(found.map(({ kind, node }) => [kind, node])).toEqual([
    ['process', first],
    ['process', first],
  ]);
  expect(found[0]!.t).toBeGreaterThan(found[1]!.t);
});
