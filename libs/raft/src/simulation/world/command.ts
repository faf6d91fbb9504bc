import type { Action, Value } from '../linearizability/operation.js';

/** What a client writes: its number in the run, and what it does to one key. */
export interface KeyCommand {
  readonly id: number;
  readonly key: number;
  readonly action: Exclude<Action, { type: 'get' }>;
}

const types = ['set', 'remove', 'compare-and-set'] as const;
const headerBytes = 18;

/** @param bytes size of the whole, if it does not need more */
export function encodeCommand({ id, key, action }: KeyCommand, bytes: number): Uint8Array {
  const data = Buffer.alloc(Math.max(headerBytes, bytes));
  data.writeUInt32LE(id);
  data.writeUInt8(types.indexOf(action.type), 4);
  data.writeUInt8(key, 5);
  if ('value' in action) writeValue(data, 6, action.value);
  if ('expected' in action) writeValue(data, 12, action.expected);
  return data;
}

export function decodeCommand(data: Uint8Array): KeyCommand {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  const value = readValue(bytes, 6);
  const type = types[bytes.readUInt8(4)];
  const action: KeyCommand['action'] =
    type === 'remove'
      ? { type }
      : type === 'set'
        ? { type, value }
        : { type: 'compare-and-set', value, expected: readValue(bytes, 12) };
  return { id: bytes.readUInt32LE(), key: bytes.readUInt8(5), action };
}

/** u48, one more than the value; 0 for nothing. */
function writeValue(data: Buffer, offset: number, value: Value): void {
  data.writeUIntLE(value === null ? 0 : value + 1, offset, 6);
}

function readValue(data: Buffer, offset: number): Value {
  const stored = data.readUIntLE(offset, 6);
  return stored === 0 ? null : stored - 1;
}
