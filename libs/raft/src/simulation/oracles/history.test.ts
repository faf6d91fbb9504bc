import { beforeEach, describe, expect, test } from 'vitest';
import type { LogIndex } from '../../core/entry.js';
import { Journal } from '../journal.js';
import { Timeline } from '../time/timeline.js';
import { Ledger, type Sight } from '../world/ledger.js';
import { type BegunWrite, History, type Wish } from './history.js';
import { rules } from './rules.js';

const linearizable = { consistency: 'linearizable', maxStaleMs: 1000, minIndex: 0 } as const;
const bounded = { ...linearizable, consistency: 'bounded' } as const;
const local = { ...linearizable, consistency: 'local' } as const;

let timeline: Timeline;
let journal: Journal;
let history: History;
let ledger: Ledger;

const wish: Wish = { key: 1, type: 'set', bytes: 8 };

beforeEach(() => {
  timeline = new Timeline();
  journal = new Journal(timeline, 10);
  history = new History(journal);
  ledger = new Ledger();
});

/** Commits the write at a place; what its caller should then get. */
function commit({ data }: BegunWrite, index: LogIndex): Sight {
  const entry = { index, term: 1, type: 'command', data } as const;
  history.committed([entry]);
  return ledger.apply(entry);
}

describe('the history of client calls', () => {
  test('accepts reads that see every write acknowledged before, and later ones or not', () => {
    const first = history.beginWrite(wish);
    history.acknowledged(first, 1, commit(first, 1));
    const before = ledger.look(1);
    const read = history.beginRead(1, linearizable);
    commit(history.beginWrite(wish), 2);
    history.answered(read, 'n1', before);
    history.answered(history.beginRead(1, linearizable), 'n2', ledger.look(1));
    expect(journal.violation).toBeNull();
  });

  test('finds a read that misses a write acknowledged before it began', () => {
    const write = history.beginWrite(wish);
    const before = ledger.look(1);
    history.acknowledged(write, 1, commit(write, 1));
    history.answered(history.beginRead(1, linearizable), 'n1', before);
    expect(journal.violation?.rule).toBe(rules.linearizable);
  });

  test('finds a read that goes back behind an earlier one', () => {
    commit(history.beginWrite(wish), 1);
    const before = ledger.look(1);
    commit(history.beginWrite(wish), 2);
    history.answered(history.beginRead(1, linearizable), 'n1', ledger.look(1));
    history.answered(history.beginRead(1, linearizable), 'n2', before);
    expect(journal.violation?.rule).toBe(rules.linearizable);
  });

  test('lets a local read see any state that was, and finds one that never was', () => {
    const before = ledger.look(1);
    const write = history.beginWrite(wish);
    history.acknowledged(write, 1, commit(write, 1));
    history.answered(history.beginRead(1, local), 'n1', before);
    expect(journal.violation).toBeNull();
    history.answered(history.beginRead(1, local), 'n1', {
      ...before,
      page: { index: 1, digest: 0 },
    });
    expect(journal.violation?.rule).toBe(rules.linearizable);
  });

  test.each([
    [1000, null],
    [1200, rules.boundedStaleness],
  ])(
    'a read that may be 1000 ms stale misses what was committed %i ms ago: %j',
    async (ms, rule) => {
      const before = ledger.look(1);
      commit(history.beginWrite(wish), 1);
      await timeline.runUntil(ms, () => false);
      history.answered(history.beginRead(1, bounded), 'n1', before);
      expect(journal.violation?.rule ?? null).toBe(rule);
    },
  );

  test('finds a read that did not wait for the entry it asked for', () => {
    commit(history.beginWrite(wish), 1);
    history.answered(history.beginRead(1, { ...local, minIndex: 2 }), 'n1', ledger.look(1));
    expect(journal.violation?.rule).toBe(rules.readsFromIndex);
  });

  test('finds a write that stands before one that had been acknowledged when it began', () => {
    const first = history.beginWrite(wish);
    history.acknowledged(first, 1, commit(first, 1));
    const second = history.beginWrite(wish);
    commit(second, 2);
    history.answered(history.beginRead(1, linearizable), 'n1', ledger.look(1));
    const third = history.beginWrite(wish);
    history.acknowledged({ ...second, floor: third.floor }, 2, ledger.look(1));
    expect(journal.violation?.rule).toBe(rules.linearizable);
  });

  test('finds an acknowledged write that was never committed', () => {
    history.acknowledged(history.beginWrite(wish), 1, ledger.look(1));
    expect(journal.violation?.rule).toBe(rules.acknowledged);
  });

  test('finds a command that is committed twice', () => {
    const write = history.beginWrite(wish);
    commit(write, 1);
    commit(write, 2);
    expect(journal.violation?.rule).toBe(rules.appliedOnce);
  });

  test.each(['before', 'after'])(
    'finds a "not-applied" write committed %s its caller is told so',
    (when) => {
      const write = history.beginWrite(wish);
      if (when === 'before') commit(write, 1);
      history.writeFailed(write, 'not-applied');
      if (when === 'after') commit(write, 1);
      expect(journal.violation?.rule).toBe(rules.notApplied);
    },
  );

  test('lets a write of unknown outcome be committed', () => {
    const write = history.beginWrite(wish);
    history.writeFailed(write, 'unknown');
    commit(write, 1);
    expect(journal.violation).toBeNull();
  });

  test('finds a node whose state is not that of the committed log', () => {
    commit(history.beginWrite(wish), 1);
    history.applied('n1', { index: 1, digest: ledger.page.digest + 1 });
    expect(journal.violation?.rule).toBe(rules.appliedInOrder);
  });

  test('finds answers that no order explains, when all that each of them tells of the log is right', () => {
    const first = history.beginWrite(wish);
    history.acknowledged(first, 1, commit(first, 1));
    history.answered(history.beginRead(1, linearizable), 'n1', { page: ledger.page, seen: null });
    expect(journal.violation).toBeNull();
    history.judge();
    expect(journal.violation?.rule).toBe(rules.linearizable);
  });

  test('forgets a write that is known not to have happened, and minds one that may have', () => {
    history.writeFailed(history.beginWrite(wish), 'not-applied');
    history.writeFailed(history.beginWrite({ ...wish, type: 'remove' }), 'unknown');
    history.answered(history.beginRead(1, linearizable), 'n1', ledger.look(1));
    history.judge();
    expect(journal.violation).toBeNull();
  });
});
