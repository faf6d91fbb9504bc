/** What a client can ask the store to change. */
export type KvCommand =
  | {
      readonly type: 'set';
      readonly key: string;
      readonly value: Uint8Array;
      readonly condition?: Condition | undefined;
    }
  | { readonly type: 'remove'; readonly key: string; readonly condition?: Condition | undefined }
  | {
      readonly type: 'remove-prefix';
      readonly prefix: string;
      /** How many keys to remove, the first ones. It stands in the entry, so that all nodes agree. */
      readonly limit: number;
    };

/** What a write wants to find: the key as the entry at this index wrote it; null for no such key. */
export interface Condition {
  readonly index: number | null;
}

/** The log holds a command that this program cannot read. */
export class KvCommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KvCommandError';
  }
}

/**
 * The first byte of every command. What version 1 can say is still written in it: a member that
 * runs an older program reads it, and a command that is sent again has the same bytes.
 */
const PLAIN = 1;
/** With a number u48 behind the header: the index of the condition, 0 for no such key, or the limit. */
const NUMBERED = 2;
const HEADER_BYTES = 4;
const NUMBER_BYTES = 6;

const SET = 1;
const REMOVE = 2;
const REMOVE_PREFIX = 3;

const noValue = new Uint8Array(0);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How a command stands in bytes. */
interface Parts {
  readonly operation: number;
  readonly key: string;
  /** null where version 1 will do. */
  readonly number: number | null;
  readonly value: Uint8Array;
}

/**
 * A command as bytes: version u8, operation u8, length of the key u16, in version 2 a number u48,
 * key in UTF-8, value.
 */
export function encodeCommand(command: KvCommand): Uint8Array {
  const { operation, key, number, value } = partsOf(command);
  const start = number === null ? HEADER_BYTES : HEADER_BYTES + NUMBER_BYTES;
  const keyBytes = Buffer.byteLength(key);
  const bytes = Buffer.allocUnsafe(start + keyBytes + value.length);
  bytes[0] = number === null ? PLAIN : NUMBERED;
  bytes[1] = operation;
  bytes.writeUInt16LE(keyBytes, 2);
  if (number !== null) bytes.writeUIntLE(number, HEADER_BYTES, NUMBER_BYTES);
  bytes.write(key, start);
  bytes.set(value, start + keyBytes);
  return bytes;
}

function partsOf(command: KvCommand): Parts {
  switch (command.type) {
    case 'set': {
      const { key, value, condition } = command;
      return { operation: SET, key, number: numberOf(condition), value };
    }
    case 'remove': {
      const { key, condition } = command;
      return { operation: REMOVE, key, number: numberOf(condition), value: noValue };
    }
    case 'remove-prefix': {
      const { prefix, limit } = command;
      return { operation: REMOVE_PREFIX, key: prefix, number: limit, value: noValue };
    }
  }
}

/** No entry of the log has the index 0. */
function numberOf(condition: Condition | undefined): number | null {
  return condition === undefined ? null : (condition.index ?? 0);
}

/**
 * Reads a command. Its value is a view of `data`, not a copy.
 * @throws KvCommandError when the bytes are no command of these versions.
 */
export function decodeCommand(data: Uint8Array): KvCommand {
  const { operation, key, number, value } = readParts(data);
  if (operation === REMOVE_PREFIX && number !== null) {
    return { type: 'remove-prefix', prefix: key, limit: number };
  }
  const condition = number === null ? {} : { condition: { index: number === 0 ? null : number } };
  if (operation === SET) return { type: 'set', key, value, ...condition };
  if (operation === REMOVE) return { type: 'remove', key, ...condition };
  throw new KvCommandError(`an unknown operation, ${operation}`);
}

function readParts(data: Uint8Array): Parts {
  const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const start = headerBytesOf(view[0]);
  if (view.length < start) throw new KvCommandError('a command cut short');
  const end = start + view.readUInt16LE(2);
  if (end > view.length) throw new KvCommandError('a command cut short');
  return {
    operation: view.readUInt8(1),
    key: decodeKey(data.subarray(start, end)),
    number: start === HEADER_BYTES ? null : view.readUIntLE(HEADER_BYTES, NUMBER_BYTES),
    value: data.subarray(end),
  };
}

function headerBytesOf(version: number | undefined): number {
  if (version === PLAIN) return HEADER_BYTES;
  if (version === NUMBERED) return HEADER_BYTES + NUMBER_BYTES;
  throw new KvCommandError(
    `a command of version ${version ?? 'none'}, and this program reads versions 1 and 2`,
  );
}

function decodeKey(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new KvCommandError('a key that is not UTF-8');
  }
}
