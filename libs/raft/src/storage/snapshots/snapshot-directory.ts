import { join } from 'node:path';
import type { SnapshotInfo } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import { closeFailed, removeIfThere } from '../files/leftovers.js';
import type { VolumeFiles } from '../files/volume-files.js';
import type { VolumeIdentity } from '../log-store.js';
import { afterDamage, attempt, corrupt } from '../storage-fault.js';
import { indexOf, snapshotFileName, snapshotsAmong } from './names.js';
import { checkSnapshotOwner } from './owner.js';
import { Shelf } from './shelf.js';
import { SnapshotReader } from './snapshot-reader.js';

export interface SnapshotPlace {
  readonly dir: string;
  readonly files: VolumeFiles;
  /** How many snapshots are kept, besides those that are in use. */
  readonly retain: number;
}

/**
 * A directory of
 *   identity.json   whose it is
 *   ID.snapshot     the snapshots, each whole and durable before it gets that name
 *   ID.partial      one that another node is sending
 *   own.tmp         one that this node is making
 */
export class SnapshotDirectory {
  readonly files: VolumeFiles;
  readonly shelf: Shelf;
  private readonly dir: string;

  private constructor({ dir, files, retain }: SnapshotPlace, ids: readonly string[]) {
    this.dir = dir;
    this.files = files;
    this.shelf = new Shelf(retain, ids);
  }

  /**
   * Checks that the latest is whole before it changes anything: the log goes on behind that one, so an
   * older one is no substitute.
   */
  static async open(
    place: SnapshotPlace,
    volume: VolumeIdentity,
  ): Promise<{ directory: SnapshotDirectory; latest: SnapshotInfo | null }> {
    const { dir, files } = place;
    await files.makeDirectory(dir);
    const names = await files.list(dir);
    const ids = snapshotsAmong(names, 'snapshot');
    await checkSnapshotOwner(place, volume, ids);
    const directory = new SnapshotDirectory(place, ids);
    const [newest] = ids;
    const latest = newest === undefined ? null : await directory.check(newest);
    // These names may be in the system's cache alone.
    await files.syncDirectory(dir);
    await removeIfThere(files, directory.ownPath);
    for (const id of snapshotsAmong(names, 'partial')) {
      if (indexOf(id) <= (latest?.index ?? 0)) await files.remove(directory.partialPath(id));
    }
    return { directory, latest };
  }

  get ownPath(): string {
    return join(this.dir, 'own.tmp');
  }

  path(id: string): string {
    return join(this.dir, snapshotFileName(id, 'snapshot'));
  }

  partialPath(id: string): string {
    return join(this.dir, snapshotFileName(id, 'partial'));
  }

  /** The file becomes this snapshot: there for good, or gone when it rejects. */
  async publish(file: string, id: string): Promise<void> {
    if (this.shelf.has(id)) return this.discard(file);
    const path = this.path(id);
    try {
      await this.files.rename(file, path);
      await this.files.syncDirectory(this.dir);
    } catch (error) {
      await this.discard(file);
      await this.discard(path);
      throw error;
    }
    this.shelf.add(id);
    for (const surplus of this.shelf.takeSurplus()) {
      // Where this fails it is tried again with the next one.
      await this.files.remove(this.path(surplus)).catch(() => this.shelf.add(surplus));
    }
  }

  /** As far as a disk that fails allows. What is left is cleared at the next chance. */
  async discard(path: string): Promise<void> {
    await removeIfThere(this.files, path).catch(() => undefined);
  }

  /** All that are there from other nodes, but this one. */
  async discardPartials(except: string): Promise<void> {
    for (const id of snapshotsAmong(await this.files.list(this.dir), 'partial')) {
      if (id !== except) await this.files.remove(this.partialPath(id));
    }
  }

  /** So that no one removes it; the function that is returned lets go of it. */
  hold(id: string): () => void {
    if (this.shelf.has(id)) return this.shelf.hold(id);
    throw new StorageError('failed', `${this.path(id)} is not there any more`);
  }

  private async check(id: string): Promise<SnapshotInfo> {
    const path = this.path(id);
    const file = await attempt(`cannot open ${path}`, this.files.openToRead(path));
    try {
      const found = await new SnapshotReader(file, path, afterDamage).check();
      if (found.id !== id) {
        throw corrupt(path, 0, `it is snapshot ${found.id} under another's name`);
      }
      return found;
    } finally {
      await closeFailed(file);
    }
  }
}
