import { join } from 'node:path';
import { fileLog, fileSnapshots } from '@quorate/raft';
import type { Config } from './config/config.js';

/** Where a node keeps its log and its snapshots. */
export function storesOf({ volumeDir }: Config) {
  return {
    log: fileLog({ dir: volumeDir }),
    snapshots: fileSnapshots({ dir: join(volumeDir, 'snapshots') }),
  };
}
