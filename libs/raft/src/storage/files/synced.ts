import type { VolumeFile } from './volume-files.js';

/** A file whose writes are durable when they resolve, for file systems that know no such thing. */
export function synced(file: VolumeFile): VolumeFile {
  return {
    size: () => file.size(),
    read: (position, bytes) => file.read(position, bytes),
    close: () => file.close(),
    datasync: () => file.datasync(),
    write: async (bytes, position) => {
      await file.write(bytes, position);
      await file.datasync();
    },
  };
}
