import type { SnapshotInfo } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import { attempt } from '../storage-fault.js';
import { IncomingSnapshot } from './incoming.js';
import { parseSnapshotId } from './names.js';
import type { SnapshotDirectory } from './snapshot-directory.js';

/** Takes snapshots from other nodes, one at a time. */
export class SnapshotReceiver {
  private readonly directory: SnapshotDirectory;
  private incoming: IncomingSnapshot | null = null;

  constructor(directory: SnapshotDirectory) {
    this.directory = directory;
  }

  /** See SnapshotStore. */
  async receive(snapshot: SnapshotInfo, offset: number, data: Uint8Array): Promise<number> {
    checkId(snapshot);
    if (this.directory.shelf.has(snapshot.id)) return snapshot.bytes;
    try {
      return await attempt(`cannot keep snapshot ${snapshot.id}`, this.add(snapshot, offset, data));
    } catch (error) {
      await this.drop();
      await this.directory.discard(this.directory.partialPath(snapshot.id));
      throw error;
    }
  }

  /** What has come stays, to be taken up again. */
  async close(): Promise<void> {
    await this.incoming?.close();
    this.incoming = null;
  }

  private async add(snapshot: SnapshotInfo, offset: number, data: Uint8Array): Promise<number> {
    const incoming = await this.incomingOf(snapshot);
    if (offset === incoming.kept) await incoming.write(data);
    if (!incoming.isComplete) return incoming.kept;
    await incoming.finish();
    this.incoming = null;
    await this.directory.publish(incoming.path, snapshot.id);
    return snapshot.bytes;
  }

  private async incomingOf(snapshot: SnapshotInfo): Promise<IncomingSnapshot> {
    const { directory } = this;
    if (this.incoming?.is(snapshot) === true) return this.incoming;
    await this.drop();
    await directory.discardPartials(snapshot.id);
    const path = directory.partialPath(snapshot.id);
    this.incoming = await IncomingSnapshot.begin(directory.files, path, snapshot);
    return this.incoming;
  }

  /** Of one that nobody sends any more. */
  private async drop(): Promise<void> {
    const { incoming } = this;
    this.incoming = null;
    if (incoming === null) return;
    await incoming.close().catch(() => undefined);
    await this.directory.discard(incoming.path);
  }
}

/** It becomes a file name. */
function checkId({ id, index, term }: SnapshotInfo): void {
  const base = parseSnapshotId(id);
  if (base?.index === index && base.term === term) return;
  throw new StorageError('corrupt', `${id} is no id of a snapshot of entry ${index}, term ${term}`);
}
