import type { SnapshotInfo } from '../../core/snapshot.js';
import { diskFiles } from '../files/disk-files.js';
import { closeFailed } from '../files/leftovers.js';
import type { SnapshotStore } from '../snapshot-store.js';
import { attempt } from '../storage-fault.js';
import { sliceBytes } from './format.js';
import { SnapshotReader } from './snapshot-reader.js';

const advice = 'Take another copy of it.';

/**
 * A snapshot's raw bytes, to be written to a file: `openSnapshotFile` reads it. The snapshot stays in
 * the store meanwhile.
 * @throws StorageError `failed`
 */
export async function* exportSnapshot(
  store: SnapshotStore,
  snapshot: SnapshotInfo,
): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < snapshot.bytes;) {
    const piece = await store.read(snapshot, offset, sliceBytes);
    yield piece;
    offset += piece.length;
  }
}

/** An exported snapshot, found to be whole. */
export interface SnapshotFile {
  readonly snapshot: SnapshotInfo;
  /** Reads the chunks, and checks them again. @throws StorageError `corrupt`, `failed` */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Checks all of an exported snapshot. @throws StorageError `corrupt` (file and offset named), `failed` */
export async function openSnapshotFile(path: string): Promise<SnapshotFile> {
  const file = await attempt(`cannot open ${path}`, diskFiles.openToRead(path));
  try {
    const snapshot = await new SnapshotReader(file, path, advice).check();
    return { snapshot, chunks: () => chunksOf(path) };
  } finally {
    await closeFailed(file);
  }
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await attempt(`cannot open ${path}`, diskFiles.openToRead(path));
  try {
    yield* new SnapshotReader(file, path, advice).all();
  } finally {
    await closeFailed(file);
  }
}
