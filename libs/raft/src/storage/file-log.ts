import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { LogWrite } from '../core/effects.js';
import type { LogIndex } from '../core/entry.js';
import { StorageError } from '../errors.js';
import { diskFiles } from './files/disk-files.js';
import type { VolumeFiles } from './files/volume-files.js';
import { adopted, writeIdentity } from './volume/identity.js';
import { lockVolume } from './volume/lock.js';
import type { VolumeLock } from './volume/lock.js';
import type { LogStore, StoredState, VolumeIdentity } from './log-store.js';
import type { SegmentWriter } from './segments/segment-writer.js';
import { storageFault } from './storage-fault.js';
import { openVolume, stateOf } from './volume/volume.js';
import type { VolumeParts } from './volume/volume.js';

const segmentBytes = 8 * 1024 * 1024;

/** Where a log stands on disk. */
export interface FileLogOptions {
  /** The volume's directory. Made when it is missing. */
  readonly dir: string;
}

/** A log store on disk (volume.ts tells what is where). */
export function fileLog(options: FileLogOptions): LogStore {
  return new FileLog(logParts(resolve(options.dir), diskFiles));
}

/** What `fileLog` makes volumes of. */
export function logParts(dir: string, files: VolumeFiles): VolumeParts {
  return { dir, files, segmentBytes, newIncarnation: randomUUID, lock: lockVolume };
}

interface Opened {
  readonly lock: VolumeLock;
  readonly writer: SegmentWriter;
  identity: VolumeIdentity;
}

/** `fileLog` on any file system. */
export class FileLog implements LogStore {
  private readonly parts: VolumeParts;
  private opened: Opened | null = null;
  private writing = false;
  private readonly underWay = new Set<Promise<void>>();

  constructor(parts: VolumeParts) {
    this.parts = parts;
  }

  async open(nodeId: string): Promise<StoredState> {
    const { dir, files, lock: take } = this.parts;
    try {
      await files.makeDirectory(dir);
      const lock = await take(files, dir);
      try {
        const volume = await openVolume(this.parts, nodeId);
        const { identity, writer } = volume;
        this.opened = { lock, writer, identity };
        return stateOf(volume);
      } catch (error) {
        // The lock is let go of even where its file stays; the first failure is the one to tell.
        await lock.release().catch(() => undefined);
        throw error;
      }
    } catch (error) {
      throw storageFault(`cannot open volume ${dir}`, error);
    }
  }

  async adopt(clusterId: string): Promise<void> {
    const { dir, files } = this.parts;
    const opened = this.mustBeOpen();
    const identity = adopted(opened.identity, clusterId, `volume ${dir}`);
    if (opened.identity.clusterId === clusterId) return;
    await this.track(writeIdentity(files, dir, identity));
    opened.identity = identity;
  }

  async write(batch: readonly LogWrite[]): Promise<void> {
    const opened = this.mustBeOpen();
    if (this.writing) throw new StorageError('failed', 'one write at a time: another is under way');
    if (batch.length === 0) return;
    this.writing = true;
    try {
      await this.track(opened.writer.append(batch));
    } finally {
      this.writing = false;
    }
  }

  async compact(upTo: LogIndex): Promise<void> {
    await this.track(this.mustBeOpen().writer.row.compact(upTo));
  }

  async close(): Promise<void> {
    const opened = this.opened;
    if (opened === null) return;
    this.opened = null;
    await Promise.allSettled(this.underWay);
    try {
      try {
        await opened.writer.close();
      } finally {
        await opened.lock.release();
      }
    } catch (error) {
      throw storageFault(`cannot close volume ${this.parts.dir}`, error);
    }
  }

  private mustBeOpen(): Opened {
    if (this.opened !== null) return this.opened;
    throw new StorageError('failed', `volume ${this.parts.dir} is not open`);
  }

  /** So that `close` can wait for it. */
  private async track(work: Promise<void>): Promise<void> {
    this.underWay.add(work);
    try {
      await work;
    } finally {
      this.underWay.delete(work);
    }
  }
}
