import type { Entry, EntryType } from '../core/entry.js';

/**
 * The bytes of one entry, the same on disk and on the wire:
 * index u48, term u48, type u8, length of data u32, data. Little-endian.
 */
const HEADER_BYTES = 17;

const types: readonly EntryType[] = ['command', 'configuration', 'noop', 'session'];

export function entryBytes(entry: Entry): number {
  return HEADER_BYTES + entry.data.length;
}

/** Writes the entry at `offset` and returns the offset behind it. */
export function writeEntry(buffer: Buffer, offset: number, entry: Entry): number {
  buffer.writeUIntLE(entry.index, offset, 6);
  buffer.writeUIntLE(entry.term, offset + 6, 6);
  buffer[offset + 12] = types.indexOf(entry.type);
  buffer.writeUInt32LE(entry.data.length, offset + 13);
  buffer.set(entry.data, offset + HEADER_BYTES);
  return offset + HEADER_BYTES + entry.data.length;
}

/**
 * Reads the entry at `offset`. Its data is a view of `buffer`, not a copy.
 * @throws RangeError when the bytes are no entry.
 */
export function readEntry(buffer: Buffer, offset: number): { entry: Entry; end: number } {
  if (offset + HEADER_BYTES > buffer.length) throw new RangeError('entry cut short');
  const type = types[buffer.readUInt8(offset + 12)];
  if (type === undefined) throw new RangeError('unknown entry type');
  const start = offset + HEADER_BYTES;
  const end = start + buffer.readUInt32LE(offset + 13);
  if (end > buffer.length) throw new RangeError('entry cut short');
  const entry: Entry = {
    index: buffer.readUIntLE(offset, 6),
    term: buffer.readUIntLE(offset + 6, 6),
    type,
    data: buffer.subarray(start, end),
  };
  return { entry, end };
}
