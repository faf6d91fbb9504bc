import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Entry } from '../core/entry.js';
import { RaftLog } from '../core/log.js';
import { encodeSessionEntry } from './sessions/session-entry.js';
import { LogView, type LogRun } from './log-view.js';

function entry(index: number, term: number): Entry {
  return { index, term, type: 'command', data: Buffer.from([index]) };
}

/** The log behind `base` whose entries have these terms. */
function logOf(terms: readonly number[], base = 0): LogView {
  const entries = terms.map((term, at) => entry(base + 1 + at, term));
  return new LogView(new RaftLog(entries, { index: base, term: base === 0 ? 0 : 1 }));
}

/** The same one entry at a time. */
function countedRuns(terms: readonly number[], base: number): LogRun[] {
  const runs: [number, number, number][] = [];
  for (const [at, term] of terms.entries()) {
    const index = base + 1 + at;
    const last = runs.at(-1);
    if (last?.[2] === term) last[1] = index;
    else runs.push([index, index, term]);
  }
  return runs;
}

const rising = fc
  .array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 })
  .map((terms) => terms.sort((a, b) => a - b));

describe('the runs of a log', () => {
  test.prop([rising, fc.nat({ max: 50 })])('are its terms, in order and whole', (terms, base) => {
    expect(logOf(terms, base).runs(1000)).toEqual(countedRuns(terms, base));
  });

  test.prop([rising, fc.integer({ min: 1, max: 5 })])(
    'are the latest, where some are asked for',
    (terms, limit) => {
      expect(logOf(terms).runs(limit)).toEqual(countedRuns(terms, 0).slice(-limit));
    },
  );
});

describe('the entries of a log', () => {
  const indexes = (view: LogView, from: number, limit?: number) => {
    return view.entries(from, limit).map(({ index }) => index);
  };

  test('are those from an index on, as many as are asked for', () => {
    const view = logOf([1, 1, 2, 2, 3]);
    expect(indexes(view, 2, 3)).toEqual([2, 3, 4]);
    expect(indexes(view, 4, 3)).toEqual([4, 5]);
    expect(indexes(view, 6)).toEqual([]);
    expect(view.entries(3, 1)).toMatchObject([{ index: 3, term: 2, type: 'command', bytes: 1 }]);
  });

  test('begin where the log does, whatever was before', () => {
    expect(indexes(logOf([2, 2], 10), 3, 1)).toEqual([11]);
  });

  test('are a thousand at most', () => {
    expect(() => logOf([1]).entries(1, 1001)).toThrow(
      'limit must be a whole number from 1 to 1000',
    );
    expect(() => logOf([1]).entries(-1)).toThrow('from must be an index of the log');
  });

  test('show the command that stands in a session or under a key, and what else is none', () => {
    const command = Buffer.from('x');
    const held = [
      encodeSessionEntry({ type: 'keyed', key: 'k', data: command }),
      encodeSessionEntry({
        type: 'command',
        session: 1,
        sequence: 1,
        acknowledgedBelow: 1,
        data: command,
      }),
      encodeSessionEntry({ type: 'close', session: 1 }),
    ];
    const sessions = held.map((data, at): Entry => ({
      index: at + 1,
      term: 1,
      type: 'session',
      data,
    }));
    const noop: Entry = { index: 4, term: 1, type: 'noop', data: new Uint8Array(0) };
    const seen = new LogView(new RaftLog([...sessions, noop])).entries(1);
    expect(seen.map((each) => each.command && Buffer.from(each.command).toString())).toEqual([
      'x',
      'x',
      null,
      null,
    ]);
  });
});
