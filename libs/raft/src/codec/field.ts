import { decodeConfiguration } from '../core/configuration.js';
import type { ChangeRequest } from '../core/configuration.js';
import type { CommandType, Entry, NewCommand } from '../core/entry.js';
import { entryBytes, writeEntry } from './entry.js';
import { MalformedMessageError } from './malformed.js';
import { decodeChangeRequest, encodeChangeRequest, isPlain } from './membership.js';
import type { Reader } from './reader.js';

/** How one kind of value stands in bytes. All numbers are little-endian. */
export interface Field<T> {
  bytes(value: T): number;
  /** Writes the value at `offset` and returns the offset behind it. */
  write(buffer: Buffer, offset: number, value: T): number;
  /** @throws MalformedMessageError */
  read(reader: Reader): T;
  /** The protocol that one must speak to read this value; without it, any. */
  since?(value: T): number;
}

/** What no honest counter reaches; above it there would be no room left to count on. */
const maxNumber = 2 ** 47;

/** A term, an index or a counter: u48. */
export const number: Field<number> = {
  bytes: () => 6,
  write: (buffer, offset, value) => buffer.writeUIntLE(value, offset, 6),
  read: (reader) => {
    const value = reader.u48();
    if (value > maxNumber) throw new MalformedMessageError(`number ${value} is out of range`);
    return value;
  },
};

/** u8: 0 or 1. */
export const flag: Field<boolean> = {
  bytes: () => 1,
  write: (buffer, offset, value) => buffer.writeUInt8(value ? 1 : 0, offset),
  read: (reader) => {
    const value = reader.u8();
    if (value > 1) throw new MalformedMessageError(`flag ${value} is neither 0 nor 1`);
    return value === 1;
  },
};

/** One of a few words: u8. `added` are those that protocol 1 does not know. */
export function word<T extends string>(
  codes: Readonly<Record<T, number>>,
  added: readonly T[] = [],
): Field<T> {
  const words = new Map((Object.keys(codes) as T[]).map((text) => [codes[text], text]));
  return {
    bytes: () => 1,
    write: (buffer, offset, value) => buffer.writeUInt8(codes[value], offset),
    read: (reader) => {
      const code = reader.u8();
      const value = words.get(code);
      if (value === undefined) throw new MalformedMessageError(`unknown code ${code}`);
      return value;
    },
    since: (value) => (added.includes(value) ? 2 : 1),
  };
}

/**
 * A field that protocol 1 does not know, behind all that it does: it skips what stands there, and
 * what it does not send is read as `missing`.
 */
export function later<T>(field: Field<T>, missing: T): Field<T> {
  return { ...field, read: (reader) => (reader.isAtEnd ? missing : field.read(reader)) };
}

/** A flag, and the value behind it when the flag is set. */
export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    bytes: (value) => (value === null ? 1 : 1 + field.bytes(value)),
    write: (buffer, offset, value) => {
      const behind = flag.write(buffer, offset, value !== null);
      return value === null ? behind : field.write(buffer, behind, value);
    },
    read: (reader) => (flag.read(reader) ? field.read(reader) : null),
    since: (value) => (value === null ? 1 : (field.since?.(value) ?? 1)),
  };
}

/** u32 length, bytes. */
export const blob: Field<Uint8Array> = {
  bytes: (value) => 4 + value.length,
  write: (buffer, offset, value) => {
    buffer.set(value, buffer.writeUInt32LE(value.length, offset));
    return offset + 4 + value.length;
  },
  read: (reader) => reader.bytes(reader.u32()),
};

const commandTypes: readonly CommandType[] = ['command', 'session'];

/**
 * u32, bytes: the length in the lower three bytes, the type in the highest. A plain command looks as
 * it did before there were types, and who knows none takes another for a length that is a lie: it
 * refuses the message, and never takes a session's entry for a command.
 */
const command: Field<NewCommand> = {
  bytes: ({ data }) => 4 + data.length,
  write: (buffer, offset, { type, data }) => {
    buffer.writeUIntLE(data.length, offset, 3);
    buffer.writeUInt8(commandTypes.indexOf(type), offset + 3);
    buffer.set(data, offset + 4);
    return offset + 4 + data.length;
  },
  read: (reader) => {
    const head = reader.u32();
    const type = commandTypes[head >>> 24];
    if (type === undefined) throw new MalformedMessageError('unknown type of command');
    return { type, data: reader.bytes(head & 0xff_ffff) };
  },
  since: ({ type }) => (type === 'session' ? 2 : 1),
};

const entry: Field<Entry> = {
  bytes: entryBytes,
  write: writeEntry,
  read: (reader) => reader.entry(),
  since: ({ type, data }) => {
    if (type === 'session') return 2;
    // Protocol 1 would take a joint configuration for its new half, and decide alone with that.
    return type === 'configuration' && decodeConfiguration(data).outgoing !== null ? 2 : 1;
  },
};

/** u32 count, and each item. A count that is a lie ends with the bytes, before it costs anything. */
function list<T>(item: Field<T>): Field<readonly T[]> {
  return {
    bytes: (values) => {
      let bytes = 4;
      for (const value of values) bytes += item.bytes(value);
      return bytes;
    },
    write: (buffer, offset, values) => {
      let behind = buffer.writeUInt32LE(values.length, offset);
      for (const value of values) behind = item.write(buffer, behind, value);
      return behind;
    },
    read: (reader) => {
      const values: T[] = [];
      for (let left = reader.u32(); left > 0; left--) values.push(item.read(reader));
      return values;
    },
    since: (values) => {
      let since = 1;
      for (const value of values) since = Math.max(since, item.since?.(value) ?? 1);
      return since;
    },
  };
}

export const entries = list(entry);

export const commands = list(command);

/** JSON in a blob: too rare to be worth bytes of its own, and encoded twice for the same reason. */
export const changeRequest: Field<ChangeRequest> = {
  bytes: (value) => blob.bytes(encodeChangeRequest(value)),
  write: (buffer, offset, value) => blob.write(buffer, offset, encodeChangeRequest(value)),
  read: (reader) => decodeChangeRequest(blob.read(reader)),
  since: (value) => (isPlain(value) ? 1 : 2),
};
