import { expect, test } from 'vitest';
import { frame, killed, leading, process } from '../../../test/fixtures.js';
import { now } from '../../../test/observed.js';
import { History } from '../history/history.js';
import { electionsOf } from './elections.js';
import { axisTimes } from './axis.js';
import { membersChanged } from './happenings.js';
import { momentNear, nextMoment, previousMoment } from './moments.js';
import { quantile } from './quantile.js';
import { timelineOf } from './timeline.js';
import type { Told } from './told.js';

type Fields = Readonly<Record<string, unknown>> & { readonly type: string };

/** Events as a node tells them, by time. */
function told(...events: [t: number, node: string, fields: Fields][]): Told[] {
  return events.map(([t, node, fields], at) => ({
    key: String(at),
    t,
    node,
    run: 'a',
    event: { seq: at, at: t, time: t, text: '', ...fields },
  }));
}

function happened(...events: [t: number, node: string, fields: Fields][]): History {
  const history = new History();
  for (const { t, node, event } of told(...events)) {
    history.take({ t, kind: 'events', node, batch: { run: 'a', dropped: 0, events: [event] } });
  }
  return history;
}

const timeout = { type: 'election-timeout', term: 3, lastLeader: 'n1', cause: 'timeout' };
const asking = (term: number, preVote = false) => ({
  type: 'election-started',
  term,
  preVote,
  votesNeeded: 2,
});
const role = (name: string, term = 4) => ({ type: 'role-changed', role: name, term });

test('a vote that was refused keeps its reason, and one that never came in is told by its voter', () => {
  const [election] = electionsOf(
    told(
      [1, 'n2', timeout],
      [2, 'n2', asking(4)],
      [3, 'n2', { type: 'vote-received', from: 'n2', term: 4, preVote: false, refusal: null }],
      [
        4,
        'n1',
        { type: 'vote-cast', candidate: 'n2', term: 4, preVote: false, refusal: 'log-behind' },
      ],
      [
        5,
        'n2',
        { type: 'vote-received', from: 'n1', term: 4, preVote: false, refusal: 'log-behind' },
      ],
      [6, 'n3', { type: 'vote-cast', candidate: 'n2', term: 4, preVote: false, refusal: null }],
    ),
  );
  expect(election?.outcome).toBe('open');
  expect(election?.rounds[0]?.votes).toEqual([
    { voter: 'n2', t: 3, refusal: null, counted: true },
    { voter: 'n1', t: 5, refusal: 'log-behind', counted: true },
    { voter: 'n3', t: 6, refusal: null, counted: false },
  ]);
});

test('a split vote leaves elections without a decision until one is won', () => {
  const elections = electionsOf(
    told(
      [1, 'n2', timeout],
      [2, 'n2', asking(4)],
      [3, 'n3', timeout],
      [4, 'n3', asking(4)],
      [5, 'n2', timeout],
      [6, 'n2', asking(5)],
      [7, 'n3', role('follower', 5)],
      [8, 'n2', { type: 'election-won', term: 5, tally: 2 }],
    ),
  );
  expect(
    elections.map(({ candidate, term, outcome, until }) => [candidate, term, outcome, until]),
  ).toEqual([
    ['n2', 4, 'undecided', 5],
    ['n3', 4, 'lost', 7],
    ['n2', 5, 'won', 8],
  ]);
});

test('a leader that was heard of before its election is told from its first frame', () => {
  const history = happened([2_000, 'n1', { type: 'stepped-down', term: 3, reason: 'lost-quorum' }]);
  history.take({ t: 1_000, kind: 'frame', node: 'n1', frame: frame(leading()) });
  expect(timelineOf(history).tenures).toEqual([
    { key: 'n1/first', node: 'n1', term: 3, from: 1_000, to: 2_000, end: 'lost-quorum' },
  ]);
});

test('a leader that dies led until its last word', () => {
  const history = happened([1_000, 'n1', role('leader')]);
  history.take({ t: 500, kind: 'processes', list: { processes: [process('n1')] } });
  history.take({ t: 1_900, kind: 'frame', node: 'n1', frame: frame(leading()) });
  history.take({ t: 2_000, kind: 'processes', list: { processes: [process('n1', killed)] } });
  expect(timelineOf(history).tenures[0]).toMatchObject({ to: 1_900, end: 'killed' });
});

test('a configuration that several nodes tell is one change, committed when the first knows it', () => {
  const members = [
    { id: 'n1', role: 'voter' },
    { id: 'n4', role: 'learner' },
  ];
  const configuration = { index: 7, members, outgoing: null };
  const changed = (committed: boolean) => ({
    type: 'configuration-changed',
    configuration,
    committed,
  });
  const history = happened(
    [1, 'n1', changed(false)],
    [2, 'n2', changed(false)],
    [3, 'n1', changed(true)],
    [4, 'n2', changed(true)],
  );
  const { memberships } = timelineOf(history);
  expect(memberships).toEqual([
    { key: 'n1/a/0', t: 1, node: 'n1', index: 7, committedAt: 3, members, joint: false },
  ]);
  const before = { ...memberships[0]!, members: [{ id: 'n4', role: 'voter' as const }] };
  expect(membersChanged(memberships[0]!, before)).toEqual({
    added: ['n1'],
    removed: [],
    promoted: [],
    demoted: ['n4'],
  });
});

test('a fault lasts until it is healed, and no longer than its node', () => {
  const fault = {
    peer: 'n2',
    direction: 'out',
    effect: { type: 'cut' },
    owner: 'ann',
    ttlMs: 9_000,
  };
  const history = happened(
    [1, 'n1', { type: 'fault-injected', id: 'f1', ...fault }],
    [2, 'n1', { type: 'fault-injected', id: 'f2', ...fault }],
    [3, 'n1', { type: 'fault-healed', id: 'f1', ...fault, why: 'healed' }],
    [9, 'n1', { type: 'started', lastIndex: 0, term: 1 }],
    [10, 'n1', { type: 'fault-injected', id: 'f3', ...fault }],
  );
  expect(timelineOf(history).faults.map(({ from, to }) => [from, to])).toEqual([
    [1, 3],
    [2, 9],
    [10, null],
  ]);
});

test('a step goes to the event beside, of whatever node', () => {
  const history = happened([10, 'n1', timeout], [20, 'n2', timeout], [30, 'n1', timeout]);
  expect([nextMoment(history, 10), previousMoment(history, 20)]).toEqual([20, 10]);
  expect([nextMoment(history, 30), previousMoment(history, 10)]).toEqual([null, null]);
});

test('a time of day means the day that is shown', () => {
  const at = new Date(now).setHours(14, 3, 9, 120);
  expect(momentNear('14:03:09.12', at - 3_600_000)).toBe(at);
  expect(momentNear('14:03', at)).toBe(new Date(at).setHours(14, 3, 0, 0));
  expect(momentNear('half past two', at)).toBeNull();
});

test('the ticks of the axis stand at round times within the span', () => {
  expect(axisTimes({ from: 900, to: 4_100 }, 4)).toEqual([1_000, 2_000, 3_000, 4_000]);
  expect(axisTimes({ from: 0, to: 0.5 }, 5)).toHaveLength(6);
});

test('quantiles are of values that were seen', () => {
  expect([quantile([3, 1, 2], 0.5), quantile([3, 1, 2], 0.99), quantile([], 0.5)]).toEqual([
    2,
    3,
    null,
  ]);
});

test('the timeline is made anew only when something was heard that can change it', () => {
  const history = happened([1, 'n1', timeout]);
  const before = timelineOf(history);
  history.take({ t: 5, kind: 'link', node: 'n1', link: 'open', problem: null });
  expect(timelineOf(history)).toBe(before);
  const event = { seq: 9, at: 9, time: 9, text: '', ...asking(4) };
  const batch = { run: 'a', dropped: 0, events: [event] };
  history.take({ t: 9, kind: 'events', node: 'n1', batch });
  expect(timelineOf(history).elections[0]?.rounds).toHaveLength(1);
});
