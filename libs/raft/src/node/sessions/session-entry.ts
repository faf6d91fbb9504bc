import { MalformedMessageError } from '../../codec/malformed.js';
import { Reader } from '../../codec/reader.js';
import { pack, packKey, viewOf } from './packing.js';
import { maxKeyBytes, maxTtlMs, minTtlMs } from './session-rules.js';

/** What an entry of the type `session` holds (thesis §6.3). */
export type SessionEntry =
  /** Opens a session. Its id is the index of this entry. */
  | { readonly type: 'register'; readonly ttlMs: number }
  | {
      readonly type: 'command';
      readonly session: number;
      /** Counts the session's commands, from 1. */
      readonly sequence: number;
      /** The client has its answer to every command below, and asks for none of them again. */
      readonly acknowledgedBelow: number;
      readonly data: Uint8Array;
    }
  | { readonly type: 'keep-alive'; readonly session: number }
  | { readonly type: 'close'; readonly session: number }
  /** So much time has passed, by a leader's clock, since the last entry of this kind. */
  | { readonly type: 'time'; readonly elapsedMs: number }
  /** A command without a session, applied once under its key. */
  | { readonly type: 'keyed'; readonly key: string; readonly data: Uint8Array };

const tags = { register: 1, command: 2, 'keep-alive': 3, close: 4, time: 5, keyed: 6 } as const;

/** A kind u8, and its fields: numbers u48, a key u8 length and UTF-8, the command up to the end. */
export function encodeSessionEntry(entry: SessionEntry): Buffer {
  const tag = tags[entry.type];
  switch (entry.type) {
    case 'register':
      return pack(tag, [entry.ttlMs]);
    case 'command': {
      const { session, sequence, acknowledgedBelow, data } = entry;
      return pack(tag, [session, sequence, acknowledgedBelow], data);
    }
    case 'keep-alive':
    case 'close':
      return pack(tag, [entry.session]);
    case 'time':
      return pack(tag, [entry.elapsedMs]);
    case 'keyed':
      return pack(tag, [], packKey(entry.key), entry.data);
  }
}

/**
 * Reads what an entry holds; a command is a view of it. Null for bytes that no correct node proposes:
 * they are in the log, so every node must take them alike, and go on.
 */
export function decodeSessionEntry(data: Uint8Array): SessionEntry | null {
  try {
    return read(new Reader(viewOf(data)));
  } catch (error) {
    if (error instanceof MalformedMessageError) return null;
    throw error;
  }
}

function read(reader: Reader): SessionEntry | null {
  switch (reader.u8()) {
    case tags.register: {
      const ttlMs = reader.u48();
      return ttlMs < minTtlMs || ttlMs > maxTtlMs ? null : { type: 'register', ttlMs };
    }
    case tags.command: {
      const [session, sequence, acknowledgedBelow] = [reader.u48(), reader.u48(), reader.u48()];
      if (acknowledgedBelow > sequence) return null;
      return { type: 'command', session, sequence, acknowledgedBelow, data: reader.rest() };
    }
    case tags['keep-alive']:
      return { type: 'keep-alive', session: reader.u48() };
    case tags.close:
      return { type: 'close', session: reader.u48() };
    case tags.time:
      return { type: 'time', elapsedMs: reader.u48() };
    case tags.keyed: {
      const key = reader.bytes(reader.u8()).toString();
      return key === '' ? null : { type: 'keyed', key, data: reader.rest() };
    }
    default:
      return null;
  }
}

/** Whether a key can stand in an entry, and comes back as it was. */
export function isKey(key: unknown): key is string {
  if (typeof key !== 'string' || key === '' || /\p{Surrogate}/u.test(key)) return false;
  return Buffer.byteLength(key) <= maxKeyBytes;
}
