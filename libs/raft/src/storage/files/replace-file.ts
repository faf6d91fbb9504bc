import type { VolumeFiles } from './volume-files.js';
import { dirname } from 'node:path';
import { closeFailed } from './leftovers.js';

/** Where the new content stands until it is whole. */
export function unfinishedPath(path: string): string {
  return `${path}.tmp`;
}

/**
 * Gives a file this content, by rename: it is the old one or the new one and never a part. Durable
 * when it resolves.
 */
export async function replaceFile(
  files: VolumeFiles,
  path: string,
  content: Buffer,
): Promise<void> {
  const unfinished = unfinishedPath(path);
  const file = await files.create(unfinished);
  try {
    await file.write(content, 0);
    await file.datasync();
  } catch (error) {
    await closeFailed(file);
    throw error;
  }
  await file.close();
  await files.rename(unfinished, path);
  await files.syncDirectory(dirname(path));
}
