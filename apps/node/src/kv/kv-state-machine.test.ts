import { describe, expect, it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { encodeCommand, type KvCommand } from './kv-command.js';
import { KvStateMachine } from './kv-state-machine.js';

const text = (value: string) => Buffer.from(value);
const everything = { prefix: '', after: null, limit: Infinity, maxBytes: Infinity };

function machineOf(commands: readonly KvCommand[]): KvStateMachine {
  const machine = new KvStateMachine();
  commands.forEach((command, i) => {
    machine.apply({ index: i + 1, term: 1, data: encodeCommand(command) });
  });
  return machine;
}

function keysOf(machine: KvStateMachine, range = {}): string[] {
  return machine.list({ ...everything, ...range }).items.map((item) => item.key);
}

// Few keys, so that commands meet; among them the names that break plain objects.
const key = fc.constantFrom('a', 'a/b', 'ab', 'b', '__proto__', 'constructor', 'ü', '\u{1F600}');
const command: fc.Arbitrary<KvCommand> = fc.oneof(
  fc.record({ type: fc.constant('set' as const), key, value: fc.uint8Array({ maxLength: 4 }) }),
  fc.record({ type: fc.constant('remove' as const), key }),
);

describe('the store', () => {
  test.prop([fc.array(command)])('holds what a plain map would', (commands) => {
    const machine = new KvStateMachine();
    const model = new Map<string, { value: Uint8Array; index: number }>();
    commands.forEach((command, i) => {
      const index = i + 1;
      const result = machine.apply({ index, term: 1, data: encodeCommand(command) });
      expect(result.existed).toBe(model.has(command.key));
      if (command.type === 'set') model.set(command.key, { value: command.value, index });
      else model.delete(command.key);
    });
    expect(machine.size).toBe(model.size);
    for (const [key, stored] of model) expect(machine.get(key)).toEqual(stored);
    const sorted = [...model.keys()].sort((a, b) => Buffer.compare(text(a), text(b)));
    expect(keysOf(machine)).toEqual(sorted);
  });

  test.prop([fc.array(command), key, fc.integer({ min: 1, max: 3 })])(
    'gives each key of a prefix once, page by page',
    (commands, prefix, limit) => {
      const machine = machineOf(commands);
      const paged: string[] = [];
      for (let after: string | null = null; ;) {
        const page = machine.list({ prefix, after, limit, maxBytes: Infinity });
        paged.push(...page.items.map((item) => item.key));
        if (!page.more) break;
        after = page.items.at(-1)!.key;
      }
      expect(paged).toEqual(keysOf(machine).filter((key) => key.startsWith(prefix)));
    },
  );

  it('starts behind `after` though that key is gone, and not before the prefix', () => {
    const machine = machineOf(
      ['a1', 'a3', 'b1'].map((key) => ({ type: 'set', key, value: text('') })),
    );
    expect(keysOf(machine, { after: 'a2' })).toEqual(['a3', 'b1']);
    expect(keysOf(machine, { prefix: 'b', after: 'a1' })).toEqual(['b1']);
  });

  it('ends a page before its values grow too large, but never gives an empty page', () => {
    const machine = machineOf(
      ['a', 'b', 'c'].map((key) => ({ type: 'set', key, value: text('12345') })),
    );
    expect(machine.list({ ...everything, maxBytes: 10 })).toMatchObject({ more: true });
    expect(keysOf(machine, { maxBytes: 10 })).toEqual(['a', 'b']);
    expect(keysOf(machine, { maxBytes: 1 })).toEqual(['a']);
  });

  it('keeps its own copy of a value', () => {
    const data = encodeCommand({ type: 'set', key: 'k', value: text('value') });
    const machine = new KvStateMachine();
    machine.apply({ index: 1, term: 1, data });
    data.fill(0);
    expect(Buffer.from(machine.get('k')!.value).toString()).toBe('value');
  });

  it('lists a page of 100,000 keys in a few milliseconds', () => {
    const machine = machineOf(
      Array.from({ length: 100_000 }, (_, i) => ({
        type: 'set',
        key: `key-${i}`,
        value: text('v'),
      })),
    );
    // Time of this process alone: what else the machine does is not the store's fault.
    const start = process.cpuUsage();
    const page = machine.list({ ...everything, after: 'key-5', limit: 1000 });
    expect(process.cpuUsage(start).user).toBeLessThan(50_000);
    expect(page.items).toHaveLength(1000);
  });
});
