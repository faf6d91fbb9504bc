import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'vitest';
import { snapshotStoreSuite } from '../../testing/snapshot-store-suite.js';
import type { BlankSnapshots } from '../../testing/snapshot-store-suite.js';
import { FaultyFiles } from '../files/faulty-files.js';
import { FileSnapshots, fileSnapshots } from './file-snapshots.js';
import { memorySnapshots } from './memory-snapshots.js';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const kinds: Record<string, BlankSnapshots> = {
  'in memory': () => {
    const store = memorySnapshots();
    return Promise.resolve(() => store);
  },
  'on disk': async () => {
    const dir = await mkdtemp(join(tmpdir(), 'quorate-snapshots-'));
    cleanups.push(() => rm(dir, { recursive: true }));
    return () => fileSnapshots({ dir });
  },
  'on a disk in memory': () => {
    const files = new FaultyFiles({ random: () => 0.5 });
    return Promise.resolve(() => new FileSnapshots({ dir: '/s', files, retain: 2 }));
  },
};

describe.each(Object.entries(kinds))('a snapshot store %s', (_, blank) => {
  for (const promise of snapshotStoreSuite) test(promise.name, () => promise.run(blank));
});
