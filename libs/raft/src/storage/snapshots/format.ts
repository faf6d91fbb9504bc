import type { SnapshotMeta } from '../../core/snapshot.js';

/**
 * A snapshot's bytes, the same in a store, on the wire and in an exported file. Little-endian:
 *
 *   header    magic, format u32, length of the meta u32, the meta in JSON, checksum
 *   chunk     length u32, data, checksum
 *   trailer   end mark u32, number of chunks u48, bytes of their data u48, checksum
 *
 * Each checksum (CRC-32, u32) goes on from the one before it, so a chunk is right only in its place,
 * and the last one is that of the whole. They stand behind what they check: all is written and read in
 * one pass, a slice at a time, and no chunk, large as it may be, holds up anything else.
 */
export const magic = Buffer.from('QSNAPSH\n');
export const formatVersion = 1;
export const endMark = 0xffffffff;

export const maxChunkBytes = 64 * 1024 * 1024;
export const maxMetaBytes = 16 * 1024 * 1024;

/** So much is read or written at a time. */
export const sliceBytes = 256 * 1024;

export const headBytes = magic.length + 8;
export const trailerBytes = 12;
export const checksumBytes = 4;

export function encodeHeader({ index, term, configuration }: SnapshotMeta): Buffer {
  const meta = Buffer.from(JSON.stringify({ index, term, configuration }));
  const head = Buffer.alloc(headBytes);
  head.set(magic);
  head.writeUInt32LE(formatVersion, magic.length);
  head.writeUInt32LE(meta.length, magic.length + 4);
  return Buffer.concat([head, meta]);
}

export function encodeTrailer(chunks: number, dataBytes: number): Buffer {
  const trailer = Buffer.alloc(trailerBytes);
  trailer.writeUIntLE(chunks, 0, 6);
  trailer.writeUIntLE(dataBytes, 6, 6);
  return trailer;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
