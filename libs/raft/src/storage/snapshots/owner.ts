import { StorageError } from '../../errors.js';
import type { VolumeIdentity } from '../log-store.js';
import { missing } from '../storage-fault.js';
import { checkOwner, identityPath, readIdentity, writeIdentity } from '../volume/identity.js';
import type { SnapshotPlace } from './snapshot-directory.js';

/**
 * Snapshots belong to one volume, whose log goes on behind them: its identity stands beside them, since
 * their own bytes go from node to node. A new directory becomes this volume's.
 * @throws StorageError `foreign`
 */
export async function checkSnapshotOwner(
  { dir, files }: SnapshotPlace,
  volume: VolumeIdentity,
  snapshots: readonly string[],
): Promise<void> {
  const owner = await readIdentity(files, dir);
  if (owner === null) {
    if (snapshots.length > 0) throw missing(identityPath(dir), `${dir} holds snapshots`);
    // The cluster is the log's matter.
    await writeIdentity(files, dir, { ...volume, clusterId: null });
    return;
  }
  const place = `the snapshot directory ${dir}`;
  checkOwner(owner, volume.nodeId, place);
  if (owner.incarnation === volume.incarnation) return;
  throw new StorageError(
    'foreign',
    `${place} belongs to volume ${owner.incarnation} of node ${owner.nodeId}, this is volume ` +
      `${volume.incarnation}. A node whose log was emptied starts with no snapshots: empty this too.`,
  );
}
