import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memorySnapshots } from './memory-snapshots.js';
import { exportSnapshot, openSnapshotFile } from './snapshot-file.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quorate-export-'));
});

afterEach(() => rm(dir, { recursive: true }));

const chunks = [Buffer.alloc(0), Buffer.alloc(900_000, 7), Buffer.from('the end')];

async function exported(): Promise<string> {
  const store = memorySnapshots();
  await store.open({ nodeId: 'n1', incarnation: 'i1', clusterId: 'c1' });
  const configuration = { index: 2, members: [], outgoing: null };
  const snapshot = await store.save({ index: 8, term: 3, configuration }, chunks);
  const path = join(dir, 'backup');
  await pipeline(exportSnapshot(store, snapshot), createWriteStream(path));
  return path;
}

describe('an exported snapshot', () => {
  test('is a file that tells what it stands for, and holds the chunks', async () => {
    const file = await openSnapshotFile(await exported());
    expect(file.snapshot).toMatchObject({ index: 8, term: 3, configuration: { index: 2 } });
    const found: Buffer[] = [];
    for await (const chunk of file.chunks()) found.push(Buffer.from(chunk));
    expect(Buffer.concat(found).equals(Buffer.concat(chunks))).toBe(true);
    expect(found.map(({ length }) => length)).toEqual(chunks.map(({ length }) => length));
  });

  test('is refused when it is damaged, naming file and byte', async () => {
    const path = await exported();
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from('x'), 0, 1, 500_000);
    await handle.close();
    await expect(openSnapshotFile(path)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(openSnapshotFile(path)).rejects.toThrow(/backup is damaged at byte \d+.*another/);
  });

  test('that is not there is named', async () => {
    const path = join(dir, 'none');
    await expect(openSnapshotFile(path)).rejects.toThrow(`cannot open ${path}: ENOENT`);
  });
});
