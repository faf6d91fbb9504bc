import type { SnapshotInfo } from '../../core/snapshot.js';
import type { ReadableFile, VolumeFile, VolumeFiles } from '../files/volume-files.js';
import { closeFailed } from '../files/leftovers.js';
import { StorageError } from '../../errors.js';
import { corrupt, isCode } from '../storage-fault.js';
import { sliceBytes } from './format.js';
import { SnapshotReader } from './snapshot-reader.js';
import { syncBytes } from './snapshot-writer.js';

const advice = 'It is removed, and has to be sent again.';

/** A snapshot from another node that is on its way into a file. */
export class IncomingSnapshot {
  readonly snapshot: SnapshotInfo;
  readonly path: string;
  /** So much of it is in the file, from the start. */
  kept: number;
  private readonly file: VolumeFile;
  private synced: number;

  private constructor(snapshot: SnapshotInfo, path: string, file: VolumeFile, kept: number) {
    this.snapshot = snapshot;
    this.path = path;
    this.file = file;
    this.kept = kept;
    this.synced = kept;
  }

  /** Takes it up where the file at `path` ends, or at its beginning. */
  static async begin(
    files: VolumeFiles,
    path: string,
    snapshot: SnapshotInfo,
  ): Promise<IncomingSnapshot> {
    const file = await openOrCreate(files, path);
    try {
      const kept = await soundBytes(file, path);
      await rewrite(file, kept);
      return new IncomingSnapshot(snapshot, path, file, kept);
    } catch (error) {
      await closeFailed(file);
      throw error;
    }
  }

  is({ id, bytes }: SnapshotInfo): boolean {
    return this.snapshot.id === id && this.snapshot.bytes === bytes;
  }

  get isComplete(): boolean {
    return this.kept === this.snapshot.bytes;
  }

  async write(data: Uint8Array): Promise<void> {
    const { snapshot, path, kept } = this;
    if (kept + data.length > snapshot.bytes) {
      throw corrupt(path, snapshot.bytes, 'more was sent than it has bytes', advice);
    }
    await this.file.write(data, kept);
    this.kept += data.length;
    if (this.kept - this.synced < syncBytes) return;
    await this.file.datasync();
    this.synced = this.kept;
  }

  /** Durable, and what its id says, when it resolves. @throws StorageError `corrupt` */
  async finish(): Promise<void> {
    const { snapshot, path, file } = this;
    await file.datasync();
    const found = await new SnapshotReader(file, path, advice).check();
    if (found.id !== snapshot.id || found.bytes !== snapshot.bytes) {
      const what = `it is snapshot ${found.id} of ${found.bytes} bytes`;
      throw corrupt(path, 0, `${what}, ${snapshot.id} of ${snapshot.bytes} was to come`, advice);
    }
    await file.close();
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

async function openOrCreate(files: VolumeFiles, path: string): Promise<VolumeFile> {
  try {
    return await files.open(path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    return files.create(path);
  }
}

/** After a loss of power anything may stand there: only what its checksums cover counts. */
async function soundBytes(file: ReadableFile, path: string): Promise<number> {
  const reader = new SnapshotReader(file, path, advice);
  try {
    await reader.check();
  } catch (error) {
    if (!(error instanceof StorageError && error.code === 'corrupt')) throw error;
  }
  return reader.sound;
}

/**
 * Before the restart a sync may have failed: then the system's cache shows what is not on the disk and
 * counts as written, and only writing it again brings it there.
 */
async function rewrite(file: VolumeFile, bytes: number): Promise<void> {
  for (let at = 0; at < bytes; at += sliceBytes) {
    await file.write(await file.read(at, Math.min(sliceBytes, bytes - at)), at);
  }
}
