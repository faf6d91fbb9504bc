import type { VolumeFiles } from '../files/volume-files.js';
import { storageFault } from '../storage-fault.js';
import { encodeSegmentHeader, formatVersion } from './segment.js';
import type { ReplayedHeader } from './replay.js';
import type { SegmentList } from './segment-list.js';

/**
 * Writes the headers of an earlier format anew, with what they did not tell. A header has a sector to
 * itself, so it is the old one or the new one whenever the power goes.
 */
export async function upgradeHeaders(
  files: VolumeFiles,
  list: SegmentList,
  headers: readonly ReplayedHeader[],
): Promise<void> {
  for (const header of headers) {
    if (header.format === formatVersion) continue;
    const path = list.path(header.number, 'log');
    try {
      const file = await files.open(path);
      try {
        await file.write(encodeSegmentHeader(header), 0);
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw storageFault(`cannot write the header of ${path}`, error);
    }
  }
}
