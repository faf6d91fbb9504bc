import type { LoggedEntry } from '@quorate/raft';
import { expect, it } from 'vitest';
import { encodeCommand } from '../kv/kv-command.js';
import { logEntry } from './log-entry.js';

const none = { index: 4, term: 2, bytes: 9, command: null, configuration: null } as const;

function commandEntry(command: Uint8Array): LoggedEntry {
  return { ...none, type: 'command', command };
}

it('tells what a command does to which key, and how its value begins', () => {
  const set = encodeCommand({ type: 'set', key: 'a', value: Buffer.from('text') });
  expect(logEntry(commandEntry(set))).toEqual({
    index: 4,
    term: 2,
    type: 'command',
    bytes: 9,
    command: { operation: 'set', key: 'a', preview: 'text' },
    text: null,
  });
  const remove = encodeCommand({ type: 'remove-prefix', prefix: 'b/', limit: 10 });
  const removed = { operation: 'remove-prefix', key: 'b/', preview: null };
  expect(logEntry(commandEntry(remove)).command).toEqual(removed);
});

it.each([
  [
    'text, though it is cut within a character',
    Buffer.from(`a${'€'.repeat(100)}`),
    `a${'€'.repeat(79)}`,
  ],
  ['no text', Buffer.of(0xff, 0xfe), null],
  ['nothing', new Uint8Array(0), ''],
])('shows the beginning of a value that is %s', (_what, value, preview) => {
  const set = encodeCommand({ type: 'set', key: 'a', value });
  expect(logEntry(commandEntry(set)).command?.preview).toBe(preview);
});

it('tells a configuration in words, and nothing of what it cannot read', () => {
  const member = { address: '', incarnation: '', promote: false, attributes: {} };
  const members = [{ ...member, id: 'n1', role: 'voter' } as const];
  const configuration = { members, outgoing: null };
  expect(logEntry({ ...none, type: 'configuration', configuration }).text).toBe('voter n1');
  expect(logEntry(commandEntry(Buffer.of(9))).command).toBeNull();
  expect(logEntry({ ...none, type: 'noop' }).type).toBe('no-op');
});
