import { resolve } from 'node:path';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import { diskFiles } from '../files/disk-files.js';
import { closeFailed } from '../files/leftovers.js';
import type { VolumeIdentity } from '../log-store.js';
import type { SnapshotStore } from '../snapshot-store.js';
import { afterDamage, attempt } from '../storage-fault.js';
import { snapshotId } from './names.js';
import { SnapshotReceiver } from './receiver.js';
import { SnapshotDirectory } from './snapshot-directory.js';
import type { SnapshotPlace } from './snapshot-directory.js';
import { SnapshotReader } from './snapshot-reader.js';
import { SnapshotWriter } from './snapshot-writer.js';

/** Where snapshots are kept, and how many. */
export interface FileSnapshotsOptions {
  /** The directory of the snapshots, which nothing else uses. Made when it is missing. */
  readonly dir: string;
  /** How many are kept, besides those that are in use: 1 or more. Default 2. */
  readonly retain?: number;
}

/** A snapshot store on disk: a file for each (snapshot-directory.ts, format.ts). */
export function fileSnapshots({ dir, retain = 2 }: FileSnapshotsOptions): SnapshotStore {
  return new FileSnapshots({ dir: resolve(dir), files: diskFiles, retain });
}

interface Opened {
  readonly directory: SnapshotDirectory;
  readonly receiver: SnapshotReceiver;
}

/** `fileSnapshots` on any file system. */
export class FileSnapshots implements SnapshotStore {
  private readonly place: SnapshotPlace;
  private opened: Opened | null = null;
  private saving: Promise<unknown> | null = null;
  private receiving: Promise<unknown> | null = null;

  /** @throws RangeError for a retention below 1 */
  constructor(place: SnapshotPlace) {
    if (!(place.retain >= 1)) {
      throw new RangeError(`retain is ${place.retain}: it must be 1 or more`);
    }
    this.place = place;
  }

  async open(volume: VolumeIdentity): Promise<SnapshotInfo | null> {
    if (this.opened !== null) {
      throw new StorageError('in-use', `the snapshots in ${this.place.dir} are open already`);
    }
    const opening = SnapshotDirectory.open(this.place, volume);
    const { directory, latest } = await attempt(
      `cannot open the snapshots in ${this.place.dir}`,
      opening,
    );
    this.opened = { directory, receiver: new SnapshotReceiver(directory) };
    return latest;
  }

  async save(meta: SnapshotMeta, chunks: Iterable<Uint8Array>): Promise<SnapshotInfo> {
    const { directory } = this.mustBeOpen();
    if (this.saving !== null) throw oneAtATime('save');
    const saving = this.saveTo(directory, meta, chunks);
    this.saving = saving;
    try {
      return await saving;
    } finally {
      this.saving = null;
    }
  }

  async *load({ id }: SnapshotInfo): AsyncGenerator<Uint8Array> {
    const { directory } = this.mustBeOpen();
    const release = directory.hold(id);
    try {
      const path = directory.path(id);
      const file = await attempt(`cannot open ${path}`, directory.files.openToRead(path));
      try {
        yield* new SnapshotReader(file, path, afterDamage).all();
      } finally {
        await closeFailed(file);
      }
    } finally {
      release();
    }
  }

  async read({ id }: SnapshotInfo, offset: number, maxBytes: number): Promise<Uint8Array> {
    const { directory } = this.mustBeOpen();
    const release = directory.hold(id);
    directory.shelf.read(id);
    try {
      const path = directory.path(id);
      return await attempt(`cannot read ${path}`, piece(directory, path, offset, maxBytes));
    } finally {
      release();
    }
  }

  async receive(snapshot: SnapshotInfo, offset: number, data: Uint8Array): Promise<number> {
    const { receiver } = this.mustBeOpen();
    if (this.receiving !== null) throw oneAtATime('receive');
    const receiving = receiver.receive(snapshot, offset, data);
    this.receiving = receiving;
    try {
      return await receiving;
    } finally {
      this.receiving = null;
    }
  }

  /** A save that is under way ends with its next chunk. */
  async close(): Promise<void> {
    const { opened } = this;
    this.opened = null;
    await Promise.allSettled([this.saving, this.receiving]);
    if (opened === null) return;
    await attempt(`cannot close the snapshots in ${this.place.dir}`, opened.receiver.close());
  }

  private async saveTo(
    directory: SnapshotDirectory,
    meta: SnapshotMeta,
    chunks: Iterable<Uint8Array>,
  ): Promise<SnapshotInfo> {
    const path = directory.ownPath;
    const writer = await SnapshotWriter.create(directory.files, path, meta);
    try {
      for (const chunk of chunks) {
        await writer.chunk(chunk);
        this.mustBeOpen();
      }
      const { checksum, bytes } = await writer.end();
      const id = snapshotId(meta, checksum);
      await attempt(`cannot save snapshot ${id}`, directory.publish(path, id));
      return { index: meta.index, term: meta.term, configuration: meta.configuration, id, bytes };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }

  private mustBeOpen(): Opened {
    if (this.opened !== null) return this.opened;
    throw new StorageError('failed', `the snapshot store in ${this.place.dir} is not open`);
  }
}

async function piece(
  { files }: SnapshotDirectory,
  path: string,
  offset: number,
  maxBytes: number,
): Promise<Buffer> {
  const file = await files.openToRead(path);
  try {
    return await file.read(offset, maxBytes);
  } finally {
    await closeFailed(file);
  }
}

function oneAtATime(what: string): StorageError {
  return new StorageError('failed', `one ${what} at a time: another is under way`);
}
