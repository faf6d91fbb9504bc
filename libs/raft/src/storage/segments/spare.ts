import { join } from 'node:path';
import { closeFailed } from '../files/leftovers.js';
import type { VolumeFile, VolumeFiles } from '../files/volume-files.js';
import { segmentName } from './segment.js';

/** Zeros are written, and synced, this much at a time: the log's own syncs must not queue up behind. */
export const sliceBytes = 512 * 1024;
export const zeros = Buffer.alloc(sliceBytes);

/** A file of zeros that is to become a segment. */
export interface Spare {
  readonly file: VolumeFile;
  readonly bytes: number;
}

/** Gets the next segment ready while the one before it fills. */
export class SpareMaker {
  private readonly files: VolumeFiles;
  private readonly dir: string;
  private ready: Promise<Spare | null> | null = null;
  private closing = false;

  constructor(files: VolumeFiles, dir: string) {
    this.files = files;
    this.dir = dir;
  }

  /** In the background. When it fails, `take` tries again, and that failure is told. */
  prepare(number: number, bytes: number): void {
    this.ready ??= this.make(number, bytes).catch(() => null);
  }

  /** The one that was got ready, or a new one when there is none or it is too small. */
  async take(number: number, bytes: number): Promise<Spare> {
    const spare = await this.ready;
    this.ready = null;
    if (spare !== null && spare.bytes >= bytes) return spare;
    await spare?.file.close();
    return this.make(number, bytes);
  }

  async close(): Promise<void> {
    this.closing = true;
    const spare = await this.ready;
    this.ready = null;
    await spare?.file.close();
  }

  /** Durable, with the next spare above it (segment.ts tells why). */
  private async make(number: number, bytes: number): Promise<Spare> {
    const { files, dir } = this;
    const file = await files.create(this.path(number));
    try {
      await this.fill(file, bytes);
      const above = await files.create(this.path(number + 1));
      await above.close();
      await files.syncDirectory(dir);
    } catch (error) {
      await closeFailed(file);
      throw error;
    }
    return { file, bytes };
  }

  private async fill(file: VolumeFile, bytes: number): Promise<void> {
    for (let at = 0; at < bytes; at += sliceBytes) {
      if (this.closing) throw new Error('the log is closing');
      await file.write(zeros.subarray(0, Math.min(sliceBytes, bytes - at)), at);
      await file.datasync();
    }
  }

  private path(number: number): string {
    return join(this.dir, segmentName(number, 'spare'));
  }
}
