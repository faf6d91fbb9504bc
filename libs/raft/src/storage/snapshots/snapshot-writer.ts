import { crc32 } from 'node:zlib';
import type { SnapshotMeta } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import { closeFailed, removeIfThere } from '../files/leftovers.js';
import type { VolumeFile, VolumeFiles } from '../files/volume-files.js';
import { attempt } from '../storage-fault.js';
import { encodeHeader, encodeTrailer, endMark, maxChunkBytes, sliceBytes, u32 } from './format.js';

/** Synced this often, so that the log's own syncs never queue up behind a huge one. */
export const syncBytes = 4 * 1024 * 1024;

/** Writes a snapshot to a new file, a slice at a time. Methods @throw StorageError `full`, `failed` */
export class SnapshotWriter {
  private readonly files: VolumeFiles;
  private readonly path: string;
  private readonly file: VolumeFile;
  private position = 0;
  private synced = 0;
  private checksum = 0;
  private chunks = 0;
  private dataBytes = 0;
  /** Lengths and checksums: they go out with the data behind them, in one write. */
  private ahead: Buffer[] = [];

  private constructor(files: VolumeFiles, path: string, file: VolumeFile) {
    this.files = files;
    this.path = path;
    this.file = file;
  }

  static async create(
    files: VolumeFiles,
    path: string,
    meta: SnapshotMeta,
  ): Promise<SnapshotWriter> {
    const file = await attempt(`cannot make ${path}`, files.create(path));
    const writer = new SnapshotWriter(files, path, file);
    writer.check(encodeHeader(meta));
    writer.seal();
    return writer;
  }

  async chunk(data: Uint8Array): Promise<void> {
    if (data.length > maxChunkBytes) {
      throw new StorageError(
        'failed',
        `a chunk of ${data.length} bytes is over the limit of ${maxChunkBytes}: make smaller ones`,
      );
    }
    this.check(u32(data.length));
    for (let at = 0; at < data.length; at += sliceBytes) {
      this.check(data.subarray(at, at + sliceBytes));
      await this.flush();
    }
    this.seal();
    this.chunks += 1;
    this.dataBytes += data.length;
  }

  /** Durable when it resolves. */
  async end(): Promise<{ readonly checksum: number; readonly bytes: number }> {
    this.check(u32(endMark));
    this.check(encodeTrailer(this.chunks, this.dataBytes));
    this.seal();
    await this.flush();
    await this.try(this.file.datasync());
    await this.try(this.file.close());
    return { checksum: this.checksum, bytes: this.position };
  }

  /** Leaves nothing, as far as a disk that fails allows: the store clears the rest when it is opened. */
  async abandon(): Promise<void> {
    await closeFailed(this.file);
    await removeIfThere(this.files, this.path).catch(() => undefined);
  }

  private check(bytes: Uint8Array): void {
    this.checksum = crc32(bytes, this.checksum);
    this.ahead.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  private seal(): void {
    this.ahead.push(u32(this.checksum));
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.ahead);
    this.ahead = [];
    await this.try(this.file.write(bytes, this.position));
    this.position += bytes.length;
    if (this.position - this.synced < syncBytes) return;
    await this.try(this.file.datasync());
    this.synced = this.position;
  }

  private try<T>(work: Promise<T>): Promise<T> {
    return attempt(`cannot write ${this.path}`, work);
  }
}
