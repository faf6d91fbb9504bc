import type { LogBase } from '../core/snapshot.js';
import { StorageError } from '../errors.js';
import type { StoredState } from './log-store.js';
import { missing } from './storage-fault.js';

/**
 * Checks that a snapshot stands for all that the log does not hold. A log alone cannot tell a first
 * file that was lost from one that was let go of.
 * @throws StorageError `corrupt`, naming what is missing.
 */
export function checkBegin(
  { base, droppedFile }: Pick<StoredState, 'base' | 'droppedFile'>,
  snapshot: LogBase | null,
): void {
  const covered = snapshot?.index ?? 0;
  if (base.index <= covered) return;
  const evidence =
    `the log begins behind entry ${base.index}, and ` +
    (snapshot === null ? 'there is no snapshot' : `the latest snapshot is of entry ${covered}`);
  if (droppedFile !== undefined) throw missing(droppedFile, evidence);
  throw new StorageError('corrupt', `A snapshot is missing: ${evidence}.`);
}
