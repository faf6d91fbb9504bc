import { synced } from '../../storage/files/synced.js';
import type { VolumeFile, VolumeFiles } from '../../storage/files/volume-files.js';

/** The same files, each open one changed by `wrap`. */
export function wrappedFiles(
  files: VolumeFiles,
  wrap: (file: VolumeFile) => VolumeFile,
): VolumeFiles {
  return {
    create: async (path) => wrap(await files.create(path)),
    open: async (path) => wrap(await files.open(path)),
    openSynced: async (path) => synced(wrap(await files.open(path))),
    openToRead: (path) => files.openToRead(path),
    claim: (path, content) => files.claim(path, content),
    read: (path) => files.read(path),
    list: (directory) => files.list(directory),
    makeDirectory: (path) => files.makeDirectory(path),
    rename: (from, to) => files.rename(from, to),
    remove: (path) => files.remove(path),
    syncDirectory: (path) => files.syncDirectory(path),
  };
}
