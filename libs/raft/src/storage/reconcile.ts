import type { LogWrite } from '../core/effects.js';
import type { LogBase } from '../core/snapshot.js';
import { StorageError } from '../errors.js';
import type { StoredState } from './log-store.js';
import { missing } from './storage-fault.js';

/**
 * Makes a log fit the latest snapshot: a crash may have come between the two. A log that does not hold
 * the snapshot's last entry is older than the snapshot, or differs from what was committed, and begins
 * anew behind it (paper figure 13); the write that is returned says so to the disk.
 * @throws StorageError `corrupt` when entries between the two are missing
 */
export function reconcile(
  stored: StoredState,
  snapshot: LogBase | null,
): { readonly stored: StoredState; readonly write: LogWrite | null } {
  checkBegin(stored, snapshot);
  if (snapshot === null || holds(stored, snapshot)) return { stored, write: null };
  const base = { index: snapshot.index, term: snapshot.term };
  return {
    stored: { ...stored, base, commitIndex: base.index, entries: [] },
    write: { id: 0, hardState: null, base, commit: base.index, entries: [] },
  };
}

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

function holds({ base, entries }: StoredState, { index, term }: LogBase): boolean {
  const there = index === base.index ? base.term : entries[index - base.index - 1]?.term;
  return there === term;
}
