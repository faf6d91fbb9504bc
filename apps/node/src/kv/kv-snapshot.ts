import { compareKeys } from '@quorate/contract';
import type { StoredEntry } from './stored-keys.js';

/** The bytes are no snapshot of the store that this program can read. */
export class KvSnapshotError extends Error {
  constructor(what: string) {
    super(`the snapshot of the key-value store cannot be read: ${what}`);
    this.name = 'KvSnapshotError';
  }
}

/** The first byte of every snapshot. Version 1 did not tell of a key's creation and version. */
const VERSION = 2;
const HEADER_BYTES = 7;
const RECORD_HEADER_BYTES = 24;
const OLD_VERSION = 1;
const OLD_RECORD_HEADER_BYTES = 12;
/** A chunk ends with the record that brings it to this size; one large value still goes whole. */
const CHUNK_BYTES = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The store as chunks, the same on every node that holds the same. The first is the header: version
 * u8, number of keys u48. The others are records in the order of their keys: length of the key u16,
 * length of the value u32, index u48, index of the creation u48, version of the key u48, key in UTF-8,
 * value.
 */
export function* encodeSnapshot(
  keys: number,
  entries: Iterable<StoredEntry>,
): Generator<Uint8Array, void, undefined> {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header[0] = VERSION;
  header.writeUIntLE(keys, 1, 6);
  yield header;
  let records: StoredEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const [key, { value }] = entry;
    records.push(entry);
    bytes += RECORD_HEADER_BYTES + Buffer.byteLength(key) + value.length;
    if (bytes < CHUNK_BYTES) continue;
    yield encodeRecords(records, bytes);
    records = [];
    bytes = 0;
  }
  if (records.length > 0) yield encodeRecords(records, bytes);
}

function encodeRecords(records: readonly StoredEntry[], bytes: number): Uint8Array {
  const chunk = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const [key, { value, index, createdIndex, version }] of records) {
    const keyBytes = chunk.write(key, at + RECORD_HEADER_BYTES);
    chunk.writeUInt16LE(keyBytes, at);
    chunk.writeUInt32LE(value.length, at + 2);
    chunk.writeUIntLE(index, at + 6, 6);
    chunk.writeUIntLE(createdIndex, at + 12, 6);
    chunk.writeUIntLE(version, at + 18, 6);
    chunk.set(value, at + RECORD_HEADER_BYTES + keyBytes);
    at += RECORD_HEADER_BYTES + keyBytes + value.length;
  }
  return chunk;
}

/** Reads the chunks of a snapshot one by one, and takes nothing that `encodeSnapshot` did not make. */
export class SnapshotReader {
  #header: Header | null = null;
  #read = 0;
  #lastKey: string | null = null;

  /** The records of the next chunk, their values copied. @throws KvSnapshotError */
  *read(chunk: Uint8Array): Generator<StoredEntry, void, undefined> {
    const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#header === null) {
      this.#header = readHeader(view);
      return;
    }
    for (let at = 0; at < view.length;) {
      const { record, end } = readRecord(view, at, this.#header.version);
      this.#checkOrder(record[0]);
      yield record;
      at = end;
    }
  }

  /** @throws KvSnapshotError when something is missing */
  finish(): void {
    if (this.#header === null) throw new KvSnapshotError('it is empty');
    const { keys } = this.#header;
    if (this.#read === keys) return;
    throw new KvSnapshotError(`it holds ${this.#read} keys where ${keys} belong`);
  }

  #checkOrder(key: string): void {
    this.#read++;
    if (this.#lastKey !== null && compareKeys(this.#lastKey, key) >= 0) {
      throw new KvSnapshotError(`key ${this.#read} is out of order`);
    }
    this.#lastKey = key;
  }
}

interface Header {
  readonly version: number;
  /** How many follow. */
  readonly keys: number;
}

function readHeader(view: Buffer): Header {
  const version = view[0];
  if (version !== VERSION && version !== OLD_VERSION) {
    throw new KvSnapshotError(
      `it is of version ${version ?? 'none'}, and this program reads versions 1 and 2`,
    );
  }
  if (view.length !== HEADER_BYTES) throw new KvSnapshotError('its header has a wrong length');
  return { version, keys: view.readUIntLE(1, 6) };
}

function readRecord(
  view: Buffer,
  at: number,
  format: number,
): { record: StoredEntry; end: number } {
  const old = format === OLD_VERSION;
  const keyStart = at + (old ? OLD_RECORD_HEADER_BYTES : RECORD_HEADER_BYTES);
  if (keyStart > view.length) throw new KvSnapshotError('a record is cut short');
  const valueStart = keyStart + view.readUInt16LE(at);
  const end = valueStart + view.readUInt32LE(at + 2);
  if (end > view.length) throw new KvSnapshotError('a record is cut short');
  const key = decodeKey(view.subarray(keyStart, valueStart));
  const value = new Uint8Array(view.subarray(valueStart, end));
  const index = view.readUIntLE(at + 6, 6);
  const [createdIndex, version] = old
    ? [index, 1]
    : [view.readUIntLE(at + 12, 6), view.readUIntLE(at + 18, 6)];
  return { record: [key, { value, index, createdIndex, version }], end };
}

function decodeKey(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new KvSnapshotError('a key is not UTF-8');
  }
}
