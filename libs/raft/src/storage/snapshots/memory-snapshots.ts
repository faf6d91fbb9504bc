import { FaultyFiles } from '../files/faulty-files.js';
import type { SnapshotStore } from '../snapshot-store.js';
import { FileSnapshots } from './file-snapshots.js';

/** How many snapshots are kept. */
export interface MemorySnapshotsOptions {
  /** How many are kept, besides those that are in use: 1 or more. Default 2. */
  readonly retain?: number;
}

/**
 * A snapshot store in memory, for tests, examples and simulations. What was saved to the object is
 * there when it is opened again; nothing outlives the process.
 */
export function memorySnapshots({ retain = 2 }: MemorySnapshotsOptions = {}): SnapshotStore {
  const files = new FaultyFiles({ random: () => 0 });
  return new FileSnapshots({ dir: '/memory', files, retain });
}
