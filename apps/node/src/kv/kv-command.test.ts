import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { decodeCommand, encodeCommand, KvCommandError } from './kv-command.js';

// Well-formed text only: a lone surrogate has no UTF-8, and no request can carry one.
const key = fc.string({ unit: 'binary' });
const value = fc.uint8Array();

test.prop([key, value])('a set comes back as it was written', (key, value) => {
  const command = decodeCommand(encodeCommand({ type: 'set', key, value }));
  if (command.type !== 'set') throw new Error('another operation');
  expect(command.key).toBe(key);
  expect(Buffer.from(command.value)).toEqual(Buffer.from(value));
});

test.prop([key])('a removal comes back as it was written', (key) => {
  expect(decodeCommand(encodeCommand({ type: 'remove', key }))).toEqual({ type: 'remove', key });
});

test.prop([fc.uint8Array()])('other bytes are refused by one typed error', (bytes) => {
  try {
    decodeCommand(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(KvCommandError);
  }
});

test('a byte order mark is part of the key', () => {
  const key = '\uFEFFkey';
  expect(decodeCommand(encodeCommand({ type: 'remove', key })).key).toBe(key);
});

test('a command of a later version is refused by its number', () => {
  const bytes = encodeCommand({ type: 'remove', key: 'k' });
  bytes[0] = 9;
  expect(() => decodeCommand(bytes)).toThrow('version 9');
});
