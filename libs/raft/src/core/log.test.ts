import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { decodeConfiguration, encodeConfiguration } from './configuration.js';
import type { Entry, EntryType } from './entry.js';
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

  test.prop([changes, fc.nat({ max: 30 }), fc.integer({ min: 1, max: 400 })])(
    'hands out batches that lose nothing, stay within the bound, and never are empty',
    (steps, from, maxBytes) => {
      const { log, model } = build(steps);
      const start = 1 + (from % (model.length + 1));
      const sent: Entry[] = [];
      while (start + sent.length <= log.lastIndex) {
        const batch = log.batch(start + sent.length, maxBytes);
        const bytes = batch.reduce((sum, { data }) => sum + data.length, 0);
        expect(batch.length).toBeGreaterThan(0);
        if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytes);
        sent.push(...batch);
      }
      expect(sent).toEqual(model.slice(start - 1));
      expect(log.batch(log.lastIndex + 1, maxBytes)).toEqual([]);
    },
  );

  test('bounds a batch of empty commands too: each entry has a size of its own on the wire', () => {
    const log = new RaftLog([]);
    log.append(Array.from({ length: 1000 }, (_, i) => entry(i + 1, 1, 'command', 0)));
    expect(log.batch(1, 1000).length).toBeLessThan(1000);
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

  test('has term 0 before its first entry, and none behind its last', () => {
    const log = new RaftLog([]);
    expect(log.termAt(0)).toBe(0);
    expect(log.termAt(1)).toBeUndefined();
  });
});
