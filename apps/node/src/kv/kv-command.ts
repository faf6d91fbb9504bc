/** What a client can ask the store to change. */
export type KvCommand =
  | { readonly type: 'set'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'remove'; readonly key: string };

/** The log holds a command that this program cannot read. */
export class KvCommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KvCommandError';
  }
}

/** The first byte of every command, so that a later version can tell its own commands from these. */
const VERSION = 1;
const HEADER_BYTES = 4;
const SET = 1;
const REMOVE = 2;

const noValue = new Uint8Array(0);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A command as bytes: version u8, operation u8, length of the key u16, key in UTF-8, value. */
export function encodeCommand(command: KvCommand): Uint8Array {
  const value = command.type === 'set' ? command.value : noValue;
  const keyBytes = Buffer.byteLength(command.key);
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + keyBytes + value.length);
  bytes[0] = VERSION;
  bytes[1] = command.type === 'set' ? SET : REMOVE;
  bytes.writeUInt16LE(keyBytes, 2);
  bytes.write(command.key, HEADER_BYTES);
  bytes.set(value, HEADER_BYTES + keyBytes);
  return bytes;
}

/**
 * Reads a command. Its value is a view of `data`, not a copy.
 * @throws KvCommandError when the bytes are no command of this version.
 */
export function decodeCommand(data: Uint8Array): KvCommand {
  const [version, operation] = data;
  if (version !== VERSION) {
    throw new KvCommandError(
      `a command of version ${version ?? 'none'}, and this program reads version ${VERSION}`,
    );
  }
  if (data.length < HEADER_BYTES) throw new KvCommandError('a command cut short');
  const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const end = HEADER_BYTES + view.readUInt16LE(2);
  if (end > data.length) throw new KvCommandError('a command cut short');
  const key = decodeKey(data.subarray(HEADER_BYTES, end));
  if (operation === SET) return { type: 'set', key, value: data.subarray(end) };
  if (operation === REMOVE) return { type: 'remove', key };
  throw new KvCommandError(`an unknown operation, ${operation ?? 'none'}`);
}

function decodeKey(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new KvCommandError('a key that is not UTF-8');
  }
}
