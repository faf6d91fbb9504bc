import { describe, expect, it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { encodeCommand, type KvCommand } from './kv-command.js';
import { KvStateMachine } from './kv-state-machine.js';
import { appliedTo, machineOf, text } from './test/machine.js';

// Few keys and indexes, so that commands meet; among them the names that break plain objects.
const key = fc.constantFrom('a', 'a/b', 'ab', 'b', '__proto__', 'constructor', 'ü', '\u{1F600}');
const condition = fc.option(fc.record({ index: fc.option(fc.integer({ min: 1, max: 8 })) }), {
  nil: undefined,
});
const value = fc.uint8Array({ maxLength: 4 });
const command: fc.Arbitrary<KvCommand> = fc.oneof(
  fc.record({ type: fc.constant('set' as const), key, value, condition }),
  fc.record({ type: fc.constant('remove' as const), key, condition }),
  fc.record({
    type: fc.constant('remove-prefix' as const),
    prefix: fc.constantFrom('', 'a', 'a/', 'x'),
    limit: fc.integer({ min: 1, max: 3 }),
  }),
);

/** The store as a plain map, and what each command must answer. */
function model() {
  const keys = new Map<
    string,
    { value: Uint8Array; index: number; createdIndex: number; version: number }
  >();
  const sorted = () => [...keys.keys()].sort((a, b) => Buffer.compare(text(a), text(b)));
  const apply = (command: KvCommand, index: number) => {
    if (command.type === 'remove-prefix') {
      const all = sorted().filter((key) => key.startsWith(command.prefix));
      const gone = all.slice(0, command.limit);
      for (const key of gone) keys.delete(key);
      return { removed: gone.length, more: all.length > gone.length };
    }
    const { key, condition } = command;
    const before = keys.get(key);
    const found = before?.index ?? null;
    if (condition !== undefined && condition.index !== found) return { found };
    if (command.type === 'remove') keys.delete(key);
    else {
      const { value } = command;
      const { createdIndex = index, version = 0 } = before ?? {};
      keys.set(key, { value, index, createdIndex, version: version + 1 });
    }
    return { existed: before !== undefined };
  };
  return { keys, sorted, apply };
}

describe('the store', () => {
  test.prop([fc.array(command)])('does what a plain map would', (commands) => {
    const machine = new KvStateMachine();
    const { keys, sorted, apply } = model();
    commands.forEach((command, i) => {
      expect(appliedTo(machine, command, i + 1)).toEqual(apply(command, i + 1));
    });
    expect(machine.size).toBe(keys.size);
    for (const [key, stored] of keys) expect(machine.keys.get(key)).toEqual(stored);
    expect([...machine.keys.keys()]).toEqual(sorted());
  });

  test.prop([fc.array(command), fc.array(command)])(
    'tells who watches of each change, and of nothing else',
    (earlier, later) => {
      const machine = machineOf(earlier);
      const held = () =>
        new Map(
          [...machine.keys.entries()].map(([key, { index, value }]) => [
            key,
            { index, bytes: value.length },
          ]),
        );
      const told = held();
      const end = machine.watch({
        changed: (key, index, bytes) => {
          if (bytes === null) expect(told.delete(key)).toBe(true);
          else told.set(key, { index, bytes });
        },
        replaced: () => expect.unreachable('no snapshot came'),
      });
      later.forEach((command, i) => appliedTo(machine, command, earlier.length + i + 1));
      expect(told).toEqual(held());
      end();
      appliedTo(machine, { type: 'set', key: 'unwatched', value: text('') }, 1000);
      expect(told.has('unwatched')).toBe(false);
    },
  );

  it('tells who watches that a snapshot took the place of everything', () => {
    const machine = machineOf([{ type: 'set', key: 'k', value: text('') }]);
    let replaced = 0;
    machine.watch({
      changed: () => expect.unreachable('no key changed'),
      replaced: () => {
        replaced++;
      },
    });
    const restoration = machine.restore();
    for (const chunk of new KvStateMachine().snapshot()) restoration.write(chunk);
    expect(replaced).toBe(0);
    restoration.finish();
    expect(replaced).toBe(1);
  });

  it('keeps its own copy of a value', () => {
    const data = encodeCommand({ type: 'set', key: 'k', value: text('value') });
    const machine = new KvStateMachine();
    machine.apply({ index: 1, term: 1, data });
    data.fill(0);
    expect(Buffer.from(machine.keys.get('k')!.value).toString()).toBe('value');
  });
});
