import type { LogWrite } from '../../core/effects.js';
import type { NodeId } from '../../core/entry.js';
import type { LogBase, SnapshotInfo } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import type { LogStore, StoredState } from '../../storage/log-store.js';
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

/**
 * A log that does not hold the snapshot's last entry is older than the snapshot, or differs from what
 * was committed, and begins anew behind it (paper figure 13). The write says so to the disk.
 * @throws StorageError `corrupt` when entries between the two are missing
 */
export function reconcile(
  stored: StoredState,
  snapshot: SnapshotInfo | null,
): { readonly stored: StoredState; readonly write: LogWrite | null } {
  const { base } = stored;
  if (base.index > (snapshot?.index ?? 0)) {
    const covered = snapshot === null ? 'there is no snapshot' : `snapshot ${snapshot.index} ends`;
    const message = `the log begins behind entry ${base.index}, and ${covered} before it: entries are missing`;
    throw new StorageError('corrupt', message);
  }
  if (snapshot === null || holds(stored, snapshot)) return { stored, write: null };
  const { index, term } = snapshot;
  const begun = { index, term };
  return {
    stored: { ...stored, base: begun, commitIndex: index, entries: [] },
    write: { id: 0, hardState: null, base: begun, commit: index, entries: [] },
  };
}

function holds({ base, entries }: StoredState, { index, term }: LogBase): boolean {
  const there = index === base.index ? base.term : entries[index - base.index - 1]?.term;
  return there === term;
}
