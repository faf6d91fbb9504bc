import { crc32 } from 'node:zlib';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import type { ReadableFile } from '../files/volume-files.js';
import { attempt, corrupt } from '../storage-fault.js';
import {
  checksumBytes,
  endMark,
  formatVersion,
  headBytes,
  magic,
  maxChunkBytes,
  maxMetaBytes,
  sliceBytes,
  trailerBytes,
} from './format.js';
import { snapshotId } from './names.js';

/**
 * Reads a snapshot from its first byte to its last, a slice at a time, and checks all of it.
 * Methods @throw StorageError `corrupt`, naming file and offset; `failed`.
 */
export class SnapshotReader {
  /** So much from the start is as it was written. */
  sound = 0;
  private readonly file: ReadableFile;
  private readonly path: string;
  private readonly advice: string;
  private position = 0;
  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;
  private checksum = 0;
  private chunks = 0;
  private dataBytes = 0;

  /** `advice`: what to do when the file is damaged. */
  constructor(file: ReadableFile, path: string, advice: string) {
    this.file = file;
    this.path = path;
    this.advice = advice;
  }

  /** The chunks. */
  async *all(): AsyncGenerator<Uint8Array> {
    await this.meta();
    for (let chunk = await this.chunk(); chunk !== null; chunk = await this.chunk()) yield chunk;
  }

  /** Goes through all of it. */
  async check(): Promise<SnapshotInfo> {
    const meta = await this.meta();
    while ((await this.chunk()) !== null);
    return { ...meta, id: snapshotId(meta, this.checksum), bytes: this.position };
  }

  /** Comes first. */
  async meta(): Promise<SnapshotMeta> {
    const head = await this.checked(headBytes);
    if (!head.subarray(0, magic.length).equals(magic)) {
      throw this.damage(0, 'it does not begin like a snapshot');
    }
    const metaBytes = head.readUInt32LE(magic.length + 4);
    if (metaBytes > maxMetaBytes) throw this.damage(0, 'its header cannot be so long');
    const meta = await this.whole(metaBytes);
    await this.seal();
    const format = head.readUInt32LE(magic.length);
    if (format !== formatVersion) throw this.unknownFormat(format);
    // What was checked is what was written, by this library.
    return JSON.parse(meta.toString()) as SnapshotMeta;
  }

  /** The next chunk; null behind the last one, when the whole is known to be sound. */
  async chunk(): Promise<Uint8Array | null> {
    const start = this.position;
    const length = (await this.checked(4)).readUInt32LE(0);
    if (length === endMark) {
      await this.end(start);
      return null;
    }
    if (length > maxChunkBytes) throw this.damage(start, 'no chunk is so long');
    const data = await this.whole(length);
    await this.seal();
    this.chunks += 1;
    this.dataBytes += length;
    return data;
  }

  private async end(start: number): Promise<void> {
    const trailer = await this.checked(trailerBytes);
    const [chunks, dataBytes] = [trailer.readUIntLE(0, 6), trailer.readUIntLE(6, 6)];
    await this.seal();
    if (chunks !== this.chunks || dataBytes !== this.dataBytes) {
      throw this.damage(start, `it holds ${this.chunks} of ${chunks} chunks`);
    }
    const size = await this.try(this.file.size());
    if (size > this.position) throw this.damage(this.position, 'something follows its end');
  }

  private async whole(bytes: number): Promise<Buffer> {
    if (bytes <= sliceBytes) return this.checked(bytes);
    const all = Buffer.allocUnsafe(bytes);
    for (let at = 0; at < bytes; at += sliceBytes) {
      all.set(await this.checked(Math.min(sliceBytes, bytes - at)), at);
    }
    return all;
  }

  private async checked(bytes: number): Promise<Buffer> {
    const found = await this.take(bytes);
    this.checksum = crc32(found, this.checksum);
    return found;
  }

  /** Ends a part: its checksum must be that of all so far. */
  private async seal(): Promise<void> {
    const { position, sound } = this;
    const written = (await this.take(checksumBytes)).readUInt32LE(0);
    if (written !== this.checksum) {
      throw this.damage(position, `the checksum of what begins at byte ${sound} is wrong`);
    }
    this.sound = this.position;
  }

  private async take(bytes: number): Promise<Buffer> {
    let at = this.position - this.windowStart;
    if (at + bytes > this.window.length) {
      const { position } = this;
      this.window = await this.try(this.file.read(position, Math.max(bytes, sliceBytes)));
      this.windowStart = position;
      at = 0;
    }
    const found = this.window.subarray(at, at + bytes);
    if (found.length < bytes) throw this.damage(this.position + found.length, 'it is cut short');
    this.position += bytes;
    return found;
  }

  private try<T>(work: Promise<T>): Promise<T> {
    return attempt(`cannot read ${this.path}`, work);
  }

  private damage(offset: number, found: string): StorageError {
    return corrupt(this.path, offset, found, this.advice);
  }

  private unknownFormat(format: number): StorageError {
    return new StorageError(
      'failed',
      `${this.path} has format ${format}, this version reads format ${formatVersion}. ` +
        'Start the version that wrote it.',
    );
  }
}
