import { describe, expect, test } from 'vitest';
import { entryOf } from '../testing/writes.js';
import type { StoredState } from './log-store.js';
import { reconcile } from './reconcile.js';

/** A log that begins behind entry 3 of term 1 and holds 4 … 6 of term 2. */
const stored: StoredState = {
  identity: { nodeId: 'n1', incarnation: 'i1', clusterId: 'c1' },
  hardState: { term: 2, votedFor: null },
  base: { index: 3, term: 1 },
  commitIndex: 4,
  entries: [4, 5, 6].map((index) => entryOf(index, 2, '')),
};

describe('a log beside a snapshot', () => {
  test.each([
    { index: 3, term: 1 },
    { index: 5, term: 2 },
    { index: 6, term: 2 },
  ])('goes on as it is when it holds entry $index of term $term', (snapshot) => {
    expect(reconcile(stored, snapshot)).toEqual({ stored, write: null });
  });

  test.each([
    ['is older', { index: 9, term: 2 }],
    ['differs there', { index: 5, term: 3 }],
    ['begins behind another entry there', { index: 3, term: 2 }],
  ])('begins anew behind it when it %s, and the disk is told', (_, base) => {
    const { index } = base;
    expect(reconcile(stored, base)).toEqual({
      stored: { ...stored, base, commitIndex: index, entries: [] },
      write: { id: 0, hardState: null, base, commit: index, entries: [] },
    });
  });

  test.each([null, { index: 2, term: 1 }])(
    'is refused when entries are missing (%o)',
    (snapshot) => {
      expect(() => reconcile(stored, snapshot)).toThrow('the log begins behind entry 3');
    },
  );

  test('is whole without one when it begins with entry 1', () => {
    const whole = { ...stored, base: { index: 0, term: 0 }, entries: [entryOf(1, 1, '')] };
    expect(reconcile(whole, null)).toEqual({ stored: whole, write: null });
  });
});
