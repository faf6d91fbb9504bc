import { isCode } from '../storage-fault.js';
import type { ReadableFile, VolumeFiles } from './volume-files.js';

/** Closing a file that has failed may fail too. The first failure is the one to tell. */
export async function closeFailed(file: ReadableFile): Promise<void> {
  await file.close().catch(() => undefined);
}

export async function removeIfThere(files: VolumeFiles, path: string): Promise<void> {
  try {
    await files.remove(path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}
