import { expect, test } from 'vitest';
import type { TraceRecord } from '@quorate/contract';
import { frame, leading, status } from '../../../test/fixtures.js';
import { now, observedHistory } from '../../../test/observed.js';
import type { History } from '../history/history.js';
import { type FollowedWrite, lifeOf } from './life.js';

const members = ['n1', 'n2', 'n3'];
const write = (changes: Partial<FollowedWrite> = {}): FollowedWrite => ({
  trace: 'w1',
  askedAt: now,
  answered: null,
  ...changes,
});

/** What a node's trace tells; its clock stands at 0 when the page's stands at `now`. */
function told(history: History, node: string, ...records: TraceRecord[]): void {
  const one = frame(node === 'n1' ? leading() : status(node), `run-${node}`);
  const clock = { machine: 'traced', origin: 0 };
  history.take({ t: now, kind: 'frame', node, frame: { ...one, time: now, clock } });
  const batch = { run: `run-${node}`, dropped: 0, records };
  history.take({ t: now + 1, kind: 'trace', node, batch });
}

const placed = { kind: 'placed', at: 2, trace: 'w1', index: 11, term: 3 } as const;
const mark = (at: number, commit: number, applied: number) =>
  ({ kind: 'mark', at, last: 11, durable: 11, commit, applied }) as const;

function heard(): History {
  const history = observedHistory();
  told(history, 'n1', placed, mark(3, 10, 10), mark(5, 11, 10), mark(6, 11, 11));
  told(history, 'n2', mark(8, 11, 11));
  told(history, 'n3', mark(9, 10, 10));
  return history;
}

test('a write that nobody has told of is only asked for', () => {
  expect(lifeOf(observedHistory(), write(), members, now + 100)).toEqual({
    accepted: null,
    committedAt: null,
    applied: [],
  });
});

test('a write that has its place is accepted, and nothing more', () => {
  const life = lifeOf(heard(), write(), members, now + 4);
  expect(life).toEqual({
    accepted: { index: 11, term: 3, at: now + 2 },
    committedAt: null,
    applied: [],
  });
});

test('an entry at its index that another leader may have put there does not commit it', () => {
  const life = lifeOf(heard(), write(), members, now + 100);
  expect(life.committedAt).toBeNull();
});

test('its own leader commits it, and each node applies it in its time', () => {
  const history = heard();
  const ahead = frame(leading('n1', { commitIndex: 11, appliedIndex: 11 }), 'run-n1');
  history.take({ t: now + 20, kind: 'frame', node: 'n1', frame: ahead });
  expect(lifeOf(history, write(), members, now + 100)).toEqual({
    accepted: { index: 11, term: 3, at: now + 2 },
    committedAt: now + 5,
    applied: [
      { node: 'n1', at: now + 6 },
      { node: 'n2', at: now + 8 },
    ],
  });
});

test('the answer is proof enough where nobody traces', () => {
  const history = observedHistory();
  const answered = { index: 10, term: 3, at: now + 7 };
  const life = lifeOf(history, write({ answered }), members, now + 100);
  expect(life.accepted).toEqual(answered);
  expect(life.applied.map(({ node }) => node)).toEqual(members);
});

test('in the past nothing is known that came later', () => {
  const answered = { index: 11, term: 3, at: now + 7 };
  expect(lifeOf(heard(), write({ answered }), members, now + 1).accepted).toBeNull();
});
