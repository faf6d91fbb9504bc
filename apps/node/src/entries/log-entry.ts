import type { LogEntry } from '@quorate/contract';
import type { LoggedEntry } from '@quorate/raft';
import { describeMembers } from '../events/describe-members.js';
import { decodeCommand, KvCommandError } from '../kv/kv-command.js';
import { preview } from './preview.js';

/** An entry in the words of the store. */
export function logEntry(entry: LoggedEntry): LogEntry {
  const { index, term, type, bytes, command, configuration } = entry;
  return {
    index,
    term,
    type: type === 'noop' ? 'no-op' : type,
    bytes,
    command: command === null ? null : storeCommand(command),
    text: configuration === null ? null : describeMembers(configuration),
  };
}

/** null for what a later version of this program has written. */
function storeCommand(data: Uint8Array): LogEntry['command'] {
  try {
    const command = decodeCommand(data);
    switch (command.type) {
      case 'set':
        return { operation: 'set', key: command.key, preview: preview(command.value) };
      case 'remove':
        return { operation: 'remove', key: command.key, preview: null };
      case 'remove-prefix':
        return { operation: 'remove-prefix', key: command.prefix, preview: null };
    }
  } catch (error) {
    if (error instanceof KvCommandError) return null;
    throw error;
  }
}
