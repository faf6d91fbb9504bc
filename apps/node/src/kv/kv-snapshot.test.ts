import { describe, expect, it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { encodeCommand, type KvCommand } from './kv-command.js';
import { KvSnapshotError } from './kv-snapshot.js';
import { KvStateMachine } from './kv-state-machine.js';
import { timed } from './test/machine.js';

const allOf = ({ keys }: KvStateMachine) =>
  [...keys.entries()].map(([key, stored]) => ({ key, ...stored, value: [...stored.value] }));

/** A store, and what changes it, command after command. */
function store() {
  const machine = new KvStateMachine();
  let index = 0;
  const apply = (commands: readonly KvCommand[]) => {
    for (const command of commands) {
      machine.apply({ index: ++index, term: 1, data: encodeCommand(command) });
    }
  };
  return { machine, apply };
}

function restored(chunks: Iterable<Uint8Array>): KvStateMachine {
  const machine = new KvStateMachine();
  const restoration = machine.restore();
  for (const chunk of chunks) restoration.write(chunk);
  restoration.finish();
  return machine;
}

function write(...chunks: readonly Uint8Array[]): () => void {
  return () => void restored(chunks);
}

/** A header for that many keys, and a record, as they are told in `encodeSnapshot`. */
const header = (keys: number, version = 2) => Uint8Array.of(version, keys, 0, 0, 0, 0, 0);
const record = (key: string, value = '', numbers = [7, 5, 3]) => {
  const bytes = Buffer.alloc(6 + 6 * numbers.length);
  bytes.writeUInt16LE(Buffer.byteLength(key));
  bytes.writeUInt32LE(value.length, 2);
  numbers.forEach((number, i) => bytes.writeUIntLE(number, 6 + 6 * i, 6));
  return Buffer.concat([bytes, Buffer.from(key + value)]);
};

// Enough keys for a tree of several levels, and enough removals to merge its nodes.
const key = fc.integer({ min: 0, max: 3000 }).map((n) => `key-${n}`);
const value = fc.uint8Array({ maxLength: 200 });
const set = fc.record({ type: fc.constant('set' as const), key, value });
const remove = fc.record({ type: fc.constant('remove' as const), key });
const commands = fc.array(fc.oneof(set, remove), { minLength: 20, maxLength: 300 });
const full = Array.from({ length: 3000 }, (_, n) => ({
  type: 'set' as const,
  key: `key-${n}`,
  value: Buffer.alloc(100, n),
}));

/** To make and read so many takes seconds of a processor, which others may want too. */
const aMillionMs = 300_000;

describe('a snapshot', () => {
  test.prop([fc.boolean(), fc.array(commands, { minLength: 4, maxLength: 8 })], { numRuns: 25 })(
    'is the state of its instant, whatever is written while it is read',
    (startFull, [first = [], ...later]) => {
      const { machine, apply } = store();
      if (startFull) apply(full);
      apply(first);
      const then = allOf(machine);
      const snapshot = machine.snapshot()[Symbol.iterator]();
      const chunks: Uint8Array[] = [];
      for (let next = snapshot.next(); next.done !== true; next = snapshot.next()) {
        chunks.push(next.value);
        apply(later.shift() ?? []);
      }
      for (const rest of later) apply(rest);
      expect(allOf(restored(chunks))).toEqual(then);
      expect(allOf(machine)).toEqual(allOf(restored(machine.snapshot())));
    },
  );

  test.prop([commands], { numRuns: 30 })(
    'leaves the store as it would be without it',
    (commands) => {
      const watched = store();
      const alone = store();
      for (const { apply } of [watched, alone]) apply(full);
      for (const command of commands) {
        watched.machine.snapshot()[Symbol.iterator]().next();
        for (const { apply } of [watched, alone]) apply([command]);
      }
      expect(allOf(watched.machine)).toEqual(allOf(alone.machine));
    },
  );

  test.prop([commands, commands], { numRuns: 30 })(
    'of two nodes is the same byte for byte, though one of them was restored on the way',
    (early, late) => {
      const [a, b] = [store(), store()];
      for (const each of [a, b]) each.apply([...full, ...early]);
      const restoration = b.machine.restore();
      for (const chunk of a.machine.snapshot()) restoration.write(chunk);
      restoration.finish();
      for (const each of [a, b]) each.apply(late);
      const bytes = ({ machine }: typeof a) => Buffer.concat([...machine.snapshot()]);
      expect(bytes(a).equals(bytes(b))).toBe(true);
    },
  );

  it('comes in chunks of some 64 KiB, a large value in one of its own', () => {
    const { machine, apply } = store();
    apply(full.map((command) => ({ ...command, value: new Uint8Array(1000) })));
    apply([{ type: 'set', key: 'zzz', value: new Uint8Array(1024 * 1024) }]);
    const sizes = [...machine.snapshot()].map(({ length }) => length);
    expect(sizes[0]).toBe(7);
    expect(Math.max(...sizes.slice(1, -1))).toBeLessThan(66 * 1024);
    expect(Math.min(...sizes.slice(1, -2))).toBeGreaterThan(63 * 1024);
    expect(sizes.at(-1)).toBeLessThan(1024 * 1024 + 66 * 1024);
  });

  it('keeps where each key comes from', () => {
    const machine = restored([header(1), record('k', 'v')]);
    expect(machine.keys.get('k')).toMatchObject({ index: 7, createdIndex: 5, version: 3 });
    expect(allOf(restored(machine.snapshot()))).toEqual(allOf(machine));
  });

  it('of the first version is still read: what it does not tell counts from it', () => {
    const machine = restored([header(1, 1), record('k', 'v', [7])]);
    expect(machine.keys.get('k')).toMatchObject({ index: 7, createdIndex: 7, version: 1 });
    expect(Buffer.from(machine.keys.get('k')!.value).toString()).toBe('v');
  });

  it('of an empty store empties another', () => {
    const { machine, apply } = store();
    apply(full);
    const restoration = machine.restore();
    for (const chunk of new KvStateMachine().snapshot()) restoration.write(chunk);
    expect(machine.size).toBe(full.length);
    restoration.finish();
    expect(machine.size).toBe(0);
  });

  it(
    'of a million keys makes nobody wait: neither to take, nor chunk by chunk, nor to restore',
    { timeout: aMillionMs },
    () => {
      const { machine, apply } = store();
      const keys = 1_000_000;
      for (let n = 0; n < keys; n++) {
        apply([
          { type: 'set', key: `user/${(n * 7919) % keys}`, value: Buffer.from(`value ${n}`) },
        ]);
      }
      const restoration = new KvStateMachine().restore();
      const reading: number[] = [];
      const writing: number[] = [];
      const timedIn = <T>(times: number[], act: () => T): T => {
        const { result, ms } = timed(act);
        times.push(ms);
        return result;
      };
      const snapshot = timedIn(reading, () => machine.snapshot()[Symbol.iterator]());
      const taking = reading.pop() ?? Infinity;
      for (;;) {
        const next = timedIn(reading, () => snapshot.next());
        if (next.done === true) break;
        timedIn(writing, () => restoration.write(next.value));
        apply([
          { type: 'set', key: `user/${reading.length * 31}`, value: Buffer.from('meanwhile') },
        ]);
      }
      timedIn(writing, () => restoration.finish());
      const figures = [reading, writing].map((times) => {
        const sorted = times.toSorted((a, b) => a - b);
        return { median: sorted[sorted.length >> 1] ?? 0, longest: sorted.at(-1) ?? 0 };
      });
      const words = figures.map(
        ({ median, longest }) => `median ${median.toFixed(2)} ms, longest ${longest.toFixed(2)} ms`,
      );
      console.info(
        `a million keys: taken in ${taking.toFixed(3)} ms, ${reading.length} chunks; ` +
          `reading ${words[0]}; restoring ${words[1]}`,
      );
      // The longest are the garbage collector's; a slice of our own that is too long would show in the median.
      expect(taking).toBeLessThan(10);
      for (const { median } of figures) expect(median).toBeLessThan(10);
    },
  );
});

describe('a snapshot that is none', () => {
  it.each<[string, () => void, string]>([
    ['nothing at all', write(), 'it is empty'],
    ['an empty chunk', write(new Uint8Array(0)), 'of version none'],
    [
      'one of a later version',
      write(header(0, 9)),
      'of version 9, and this program reads versions 1 and 2',
    ],
    ['a header that is too long', write(Buffer.concat([header(0), header(0)])), 'wrong length'],
    ['too few keys', write(header(2), record('a')), 'it holds 1 keys where 2 belong'],
    ['too many keys', write(header(1), record('a'), record('b')), 'it holds 2 keys where 1 belong'],
    ['keys out of order', write(header(2), record('b'), record('a')), 'key 2 is out of order'],
    ['a key twice', write(header(2), record('a'), record('a')), 'key 2 is out of order'],
    ['half a record header', write(header(1), record('a').subarray(0, 5)), 'cut short'],
    ['half a value', write(header(1), record('a', 'value').subarray(0, -1)), 'cut short'],
    ['a key in no UTF-8', write(header(1), record('aa').fill(0xff, 24)), 'a key is not UTF-8'],
  ])('is refused: %s', (_what, restore, message) => {
    expect(restore).toThrow(KvSnapshotError);
    expect(restore).toThrow(message);
  });

  test.prop([fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 3 })])(
    'is refused by one typed error, whatever the bytes',
    (chunks) => {
      try {
        restored([header(1), ...chunks]);
      } catch (error) {
        expect(error).toBeInstanceOf(KvSnapshotError);
      }
    },
  );

  it('leaves the store as it was', () => {
    const { machine, apply } = store();
    apply([{ type: 'set', key: 'kept', value: Buffer.from('1') }]);
    const restoration = machine.restore();
    restoration.write(header(2));
    restoration.write(record('a'));
    expect(() => restoration.finish()).toThrow(KvSnapshotError);
    expect(allOf(machine).map(({ key }) => key)).toEqual(['kept']);
  });
});
