import type { NodeId } from '../../core/entry.js';
import type { SnapshotInfo } from '../../core/snapshot.js';
import type { LogStore, StoredState } from '../../storage/log-store.js';
import { reconcile } from '../../storage/reconcile.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';

/** What a node starts from: its log, and the snapshot that it goes on from. */
export interface OpenedVolume {
  readonly stored: StoredState;
  readonly snapshot: SnapshotInfo | null;
}

/**
 * Opens log and snapshots, and makes them fit: a crash may have come between the two.
 * @throws StorageError; nothing is left open
 */
export async function openVolume(
  id: NodeId,
  log: LogStore,
  snapshots: SnapshotStore | undefined,
): Promise<OpenedVolume> {
  const found = await log.open(id);
  try {
    const snapshot = (await snapshots?.open(found.identity)) ?? null;
    const { stored, write } = reconcile(found, snapshot);
    if (write !== null) await log.write([write]);
    return { stored, snapshot };
  } catch (error) {
    await Promise.allSettled([snapshots?.close(), log.close()]);
    throw error;
  }
}
