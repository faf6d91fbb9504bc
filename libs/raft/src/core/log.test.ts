import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { decodeConfiguration, encodeConfiguration } from './configuration.js';
import { type Entry, entrySize, type EntryType } from './entry.js';
import { RaftLog } from './log.js';

/** One change of a log: the entries that stand at `from` and behind it afterwards. */
interface Change {
  readonly from: number;
  readonly added: readonly { readonly bytes: number; readonly type: EntryType }[];
}

const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    from: fc.nat({ max: 30 }),
    added: fc.array(
      fc.record({
        bytes: fc.nat({ max: 20 }),
        type: fc.constantFrom<EntryType>('command', 'command', 'configuration', 'noop'),
      }),
      { maxLength: 8 },
    ),
  }),
  { maxLength: 12 },
);

function entry(index: number, term: number, type: EntryType, bytes: number): Entry {
  if (type !== 'configuration') return { index, term, type, data: new Uint8Array(bytes) };
  const member = {
    id: `S${index}`,
    address: '',
    incarnation: '',
    role: 'voter',
    promote: false,
  } as const;
  const data = encodeConfiguration({
    members: [{ ...member, attributes: {} }],
    outgoing: null,
  });
  return { index, term, type, data };
}

/** A log, and beside it the plain list that says what must be in it. Terms rise with each change. */
function build(steps: readonly Change[]): {
  readonly log: RaftLog;
  readonly model: readonly Entry[];
} {
  const log = new RaftLog([]);
  const model: Entry[] = [];
  for (const [step, { from, added }] of steps.entries()) {
    const start = 1 + (from % (model.length + 1));
    if (start <= model.length) log.truncate(start);
    model.length = start - 1;
    const entries = added.map(({ type, bytes }, i) => entry(start + i, step + 1, type, bytes));
    log.append(entries);
    model.push(...entries);
  }
  return { log, model };
}

describe('a log', () => {
  test.prop([changes])('holds what was appended and not cut off', (steps) => {
    const { log, model } = build(steps);
    expect(log.lastIndex).toBe(model.length);
    expect(log.firstIndex).toBe(model.length === 0 ? 0 : 1);
    expect(log.lastTerm).toBe(model.at(-1)?.term ?? 0);
    expect(log.between(1, log.lastIndex)).toEqual(model);
    for (const one of model) {
      expect(log.entryAt(one.index)).toBe(one);
      expect(log.termAt(one.index)).toBe(one.term);
    }
    expect(log.entryAt(model.length + 1)).toBeUndefined();
  });

  test.prop([changes])('knows its last two configurations, whatever was cut off', (steps) => {
    const { log, model } = build(steps);
    const placed = model
      .filter(({ type }) => type === 'configuration')
      .map(({ index, data }) => ({ index, ...decodeConfiguration(data) }));
    const none = { index: 0, members: [], outgoing: null };
    expect(log.configuration).toEqual(placed.at(-1) ?? none);
    expect(log.previousConfiguration).toEqual(placed.at(-2) ?? none);
  });

  test.prop([changes])('is the same when it is read back from its entries', (steps) => {
    const { log, model } = build(steps);
    const again = new RaftLog(model);
    expect(again.between(1, again.lastIndex)).toEqual(model);
    expect(again.configuration).toEqual(log.configuration);
  });

  test.prop([changes, fc.nat({ max: 30 }), fc.nat({ max: 12 })])(
    'finds the last index at or below one whose term is at most another, as a plain search would',
    (steps, index, term) => {
      const { log, model } = build(steps);
      const fitting = model.filter((one) => one.index <= index && one.term <= term);
      expect(log.lastIndexOfTermAtMost(term, index)).toBe(fitting.at(-1)?.index ?? 0);
    },
  );

  const bounds = [fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 6 })] as const;

  test.prop([changes, fc.nat({ max: 30 }), ...bounds])(
    'hands out batches that lose nothing, stay within the bounds, and never are empty',
    (steps, from, maxBytes, maxCount) => {
      const { log, model } = build(steps);
      const start = 1 + (from % (model.length + 1));
      const sent: Entry[] = [];
      while (start + sent.length <= log.lastIndex) {
        const batch = log.batch(start + sent.length, maxBytes, maxCount);
        const bytes = batch.reduce((sum, { data }) => sum + data.length, 0);
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(maxCount);
        if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytes);
        sent.push(...batch);
      }
      expect(sent).toEqual(model.slice(start - 1));
      expect(log.batch(log.lastIndex + 1, maxBytes, maxCount)).toEqual([]);
    },
  );

  test('bounds a batch of empty commands too: each entry has a size of its own on the wire', () => {
    const log = new RaftLog([]);
    log.append(Array.from({ length: 1000 }, (_, i) => entry(i + 1, 1, 'command', 0)));
    expect(log.batch(1, 1000, Infinity).length).toBeLessThan(1000);
  });

  test.prop([changes, fc.nat({ max: 30 }), fc.nat({ max: 12 })])(
    'counts another as up to date by last term first, and by length then (paper §5.4.1)',
    (steps, lastIndex, lastTerm) => {
      const { log } = build(steps);
      const behind =
        lastTerm < log.lastTerm || (lastTerm === log.lastTerm && lastIndex < log.lastIndex);
      expect(log.isUpToDate(lastIndex, lastTerm)).toBe(!behind);
    },
  );

  test.prop([changes, fc.nat({ max: 30 }), changes])(
    'that was compacted is the same log behind its base, whatever is appended and cut off then',
    (steps, at, later) => {
      const { log, model: before } = build(steps);
      const model = [...before];
      const base = at % (model.length + 1);
      log.compact(base);
      let term = steps.length;
      for (const { from, added } of later) {
        const start = base + 1 + (from % (model.length - base + 1));
        if (start <= model.length) log.truncate(start);
        model.length = start - 1;
        term++;
        const entries = added.map(({ type, bytes }, i) => entry(start + i, term, type, bytes));
        log.append(entries);
        model.push(...entries);
      }
      const behind = model.slice(base);
      expect(log.base).toEqual({ index: base, term: base === 0 ? 0 : model[base - 1]!.term });
      expect(log.firstIndex).toBe(behind.length === 0 ? 0 : base + 1);
      expect(log.lastIndex).toBe(model.length);
      expect(log.lastTerm).toBe(model.at(-1)?.term ?? 0);
      expect(log.between(base + 1, log.lastIndex)).toEqual(behind);
      for (const one of behind) expect(log.termAt(one.index)).toBe(one.term);
      const placed = model.filter(({ type }) => type === 'configuration');
      for (let index = base; index <= log.lastIndex; index++) {
        const inForce = placed.findLast((one) => one.index <= index)?.index ?? 0;
        expect(log.configurationAt(index).index).toBe(inForce);
      }
      const again = new RaftLog(behind, log.base, log.configurationAt(base));
      expect(again.configuration).toEqual(log.configuration);
      expect(again.lastTerm).toBe(log.lastTerm);
    },
  );

  test.prop([changes, fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.integer({ min: 1, max: 400 })])(
    'keeps as much up to an index as the bounds allow, and no more',
    (steps, at, maxEntries, maxBytes) => {
      const { log, model } = build(steps);
      const index = at % (model.length + 1);
      const base = log.baseKeeping(maxEntries, maxBytes, index);
      const size = (from: number) =>
        model.slice(from, index).reduce((sum, one) => sum + entrySize(one), 0);
      expect(base).toBeLessThanOrEqual(index);
      expect(index - base).toBeLessThanOrEqual(maxEntries);
      expect(size(base)).toBeLessThanOrEqual(maxBytes);
      if (base > 0 && index - base < maxEntries) {
        expect(size(base - 1)).toBeGreaterThan(maxBytes);
      }
    },
  );

  describe('below its base', () => {
    function compacted(): RaftLog {
      const log = new RaftLog([]);
      log.append(Array.from({ length: 9 }, (_, i) => entry(i + 1, i < 5 ? 1 : 2, 'command', 1)));
      log.compact(6);
      return log;
    }

    test('has nothing, and makes nothing up: a batch has no hole in front (openraft#1795)', () => {
      const log = compacted();
      expect(log.entryAt(6)).toBeUndefined();
      expect(log.termAt(6)).toBe(2);
      expect(log.termAt(5)).toBeUndefined();
      expect(log.between(6, 8)).toEqual([]);
      expect(log.batch(6, 1000, 10)).toEqual([]);
      expect(log.batch(7, 1000, 10).map(({ index }) => index)).toEqual([7, 8, 9]);
    });

    test('an agreement may be anywhere', () => {
      const log = compacted();
      expect(log.lastIndexOfTermAtMost(1, 9)).toBe(5);
      expect(log.lastIndexOfTermAtMost(2, 9)).toBe(9);
      expect(log.lastIndexOfTermAtMost(1, 3)).toBe(3);
    });

    test('it does not go back', () => {
      const log = compacted();
      log.compact(4);
      log.compact(99);
      expect(log.base).toEqual({ index: 6, term: 2 });
      expect(log.lastIndex).toBe(9);
    });
  });

  test('begins anew behind a snapshot with its configuration and nothing else', () => {
    const log = new RaftLog([]);
    log.append([entry(1, 1, 'configuration', 0), entry(2, 1, 'configuration', 0)]);
    const configuration = { index: 1, members: [], outgoing: null };
    log.beginAnew({ index: 5, term: 3, configuration });
    expect(log).toMatchObject({ firstIndex: 0, lastIndex: 5, lastTerm: 3, configuration });
    expect(log.previousConfiguration).toMatchObject({ index: 0 });
    log.append([entry(6, 3, 'configuration', 0)]);
    log.truncate(6);
    expect(log.configuration).toBe(configuration);
  });

  test('has term 0 before its first entry, and none behind its last', () => {
    const log = new RaftLog([]);
    expect(log.termAt(0)).toBe(0);
    expect(log.termAt(1)).toBeUndefined();
  });
});
