import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { decodeCommand, encodeCommand, type KvCommand, KvCommandError } from './kv-command.js';

// Well-formed text only: a lone surrogate has no UTF-8, and no request can carry one.
const key = fc.string({ unit: 'binary' });
const value = fc.uint8Array();

const index = fc.integer({ min: 1, max: 2 ** 48 - 1 });
const condition = fc.option(fc.record({ index: fc.option(index) }), { nil: undefined });
const command: fc.Arbitrary<KvCommand> = fc.oneof(
  fc.record({ type: fc.constant('set' as const), key, value, condition }),
  fc.record({ type: fc.constant('remove' as const), key, condition }),
  fc.record({ type: fc.constant('remove-prefix' as const), prefix: key, limit: index }),
);

test.prop([command])('a command comes back as it was written', (command) => {
  // Values come back as views of other kinds, whose bytes count.
  const plain = (command: KvCommand) =>
    command.type === 'set' ? { ...command, value: [...command.value] } : command;
  expect(plain(decodeCommand(encodeCommand(command)))).toEqual(plain(command));
});

test('what the first version could say is written as it was: older members read it', () => {
  const set: KvCommand = { type: 'set', key: 'k', value: Buffer.from('v') };
  expect(Buffer.from(encodeCommand(set)).toString('hex')).toBe('010101006b76');
  const removal: KvCommand = { type: 'remove', key: 'k' };
  expect(Buffer.from(encodeCommand(removal)).toString('hex')).toBe('010201006b');
});

test.prop([fc.uint8Array()])('other bytes are refused by one typed error', (bytes) => {
  try {
    decodeCommand(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(KvCommandError);
  }
});

test('a byte order mark is part of the key', () => {
  const removal: KvCommand = { type: 'remove', key: '\uFEFFkey' };
  expect(decodeCommand(encodeCommand(removal))).toEqual(removal);
});

test('a command of a later version is refused by its number', () => {
  const bytes = encodeCommand({ type: 'remove', key: 'k' });
  bytes[0] = 9;
  expect(() => decodeCommand(bytes)).toThrow('version 9');
});
