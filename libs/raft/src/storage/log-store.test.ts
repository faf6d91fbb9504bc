import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { LogWrite } from '../core/effects.js';
import type { Entry, EntryType } from '../core/entry.js';
import { FileLog, fileLog } from './file-log.js';
import { diskFiles } from './files/disk-files.js';
import { FaultyFiles } from './files/faulty-files.js';
import { LogImage } from './log-image.js';
import type { LogStore } from './log-store.js';
import { memoryLog } from './memory-log.js';
import { lockVolume } from './volume/lock.js';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const parts = { segmentBytes: 16 * 1024, newIncarnation: randomUUID, lock: lockVolume };

/** Each makes a blank volume and opens it as often as it is asked: the same volume each time. */
const kinds: Record<string, () => Promise<() => LogStore>> = {
  'in memory': () => {
    const log = memoryLog();
    return Promise.resolve(() => log);
  },
  'on disk': async () => {
    const dir = await mkdtemp(join(tmpdir(), 'quorate-log-'));
    cleanups.push(() => rm(dir, { recursive: true }));
    return () => new FileLog({ ...parts, dir, files: diskFiles });
  },
  'on a disk in memory': () => {
    const files = new FaultyFiles({ random: () => 0.5 });
    return Promise.resolve(() => new FileLog({ ...parts, dir: '/v', files }));
  },
};

describe.each(Object.entries(kinds))('a log %s', (_, blank) => {
  test('is blank at first: no cluster, no term, no vote, no entry', async () => {
    const log = (await blank())();
    const state = await log.open('n1');
    expect(state).toEqual({
      identity: { nodeId: 'n1', incarnation: expect.any(String) as string, clusterId: null },
      hardState: { term: 0, votedFor: null },
      entries: [],
    });
    await log.close();
  });

  test('keeps its incarnation, which no other volume has', async () => {
    const volume = await blank();
    const first = await identity(volume());
    expect(await identity(volume())).toEqual(first);
    expect((await identity((await blank())())).incarnation).not.toBe(first.incarnation);
  });

  test('holds what was written when it is opened again', async () => {
    const volume = await blank();
    const entries = [
      entry(1, 1, 'noop', ''),
      entry(2, 1, 'configuration', '{}'),
      entry(3, 2, 'command', 'a\0b'),
    ];
    await withLog(volume(), async (log) => {
      await log.write([write({ term: 1, votedFor: 'n1' }, entries.slice(0, 2))]);
      await log.write([write({ term: 2, votedFor: null }, entries.slice(2))]);
    });
    const state = await reopened(volume());
    expect(state.hardState).toEqual({ term: 2, votedFor: null });
    expect(plain(state.entries)).toEqual(plain(entries));
  });

  test('keeps term and vote when entries alone are written', async () => {
    const volume = await blank();
    await withLog(volume(), async (log) => {
      await log.write([write({ term: 5, votedFor: 'n3' }, [])]);
      await log.write([write(null, [entry(1, 5, 'noop', '')])]);
    });
    expect((await reopened(volume())).hardState).toEqual({ term: 5, votedFor: 'n3' });
  });

  test('replaces an entry that is written again, and all behind it', async () => {
    const volume = await blank();
    await withLog(volume(), async (log) => {
      await log.write([
        write(
          null,
          [1, 2, 3, 4].map((n) => entry(n, 1, 'command', `old ${n}`)),
        ),
      ]);
      await log.write([write(null, [entry(2, 2, 'command', 'new')])]);
    });
    const { entries } = await reopened(volume());
    expect(plain(entries)).toEqual(
      plain([entry(1, 1, 'command', 'old 1'), entry(2, 2, 'command', 'new')]),
    );
  });

  test('refuses entries that leave a gap, and writes nothing of them', async () => {
    const volume = await blank();
    await withLog(volume(), async (log) => {
      const gap = [
        write({ term: 9, votedFor: null }, [entry(1, 1, 'noop', ''), entry(3, 1, 'noop', '')]),
      ];
      await expect(log.write(gap)).rejects.toThrow('entry 3 cannot follow a log that ends at 1');
      await log.write([write(null, [entry(1, 1, 'command', 'good')])]);
    });
    const state = await reopened(volume());
    expect(state.hardState.term).toBe(0);
    expect(plain(state.entries)).toEqual(plain([entry(1, 1, 'command', 'good')]));
  });

  test('keeps the cluster that adopted it, and refuses another', async () => {
    const volume = await blank();
    await withLog(volume(), async (log) => {
      await log.adopt('c1');
      await log.adopt('c1');
      const refused = log.adopt('c2');
      await expect(refused).rejects.toMatchObject({ code: 'foreign' });
      await expect(refused).rejects.toThrow(/cluster c1 .* cluster c2/);
    });
    expect((await identity(volume())).clusterId).toBe('c1');
  });

  test('is not for another node, and names both', async () => {
    const volume = await blank();
    await identity(volume());
    const refused = volume().open('n2');
    await expect(refused).rejects.toMatchObject({ code: 'foreign' });
    await expect(refused).rejects.toThrow(/node n1, this is node n2/);
    expect((await identity(volume())).nodeId).toBe('n1');
  });

  test('is opened by one at a time, and may be opened again once closed', async () => {
    const volume = await blank();
    const log = volume();
    await log.open('n1');
    await expect(volume().open('n1')).rejects.toMatchObject({ code: 'in-use' });
    await log.close();
    await log.close();
    await identity(log);
    await identity(volume());
  });

  test('takes no write before it is opened or after it is closed', async () => {
    const log = (await blank())();
    await expect(log.write([])).rejects.toThrow('is not open');
    await identity(log);
    await expect(log.adopt('c1')).rejects.toThrow('is not open');
  });

  test('is what a replay of its writes says, however often it is closed and opened', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyWrite, { maxLength: 3 }), { maxLength: 12 }),
        async (batches) => {
          const volume = await blank();
          const model = new LogImage();
          for (const batch of batches) {
            await withLog(volume(), async (log) => {
              for (const make of batch) {
                const writes = make(model.lastIndex);
                await log.write(writes);
                model.apply(writes);
              }
            });
            const state = await reopened(volume());
            expect(state.hardState).toEqual(model.hardState);
            expect(plain(state.entries)).toEqual(plain(model.entries));
          }
        },
      ),
      { numRuns: 10 },
    );
  }, 30_000);
});

describe('fileLog', () => {
  test('makes its directory where it is missing, and leaves the files of a volume there', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'quorate-log-'));
    cleanups.push(() => rm(parent, { recursive: true }));
    const dir = join(parent, 'a', 'b');
    await withLog(fileLog({ dir }), (log) => log.write([write({ term: 1, votedFor: 'n1' }, [])]));
    expect((await readdir(dir, { recursive: true })).sort()).toEqual([
      'identity.json',
      'log',
      'log/00000001.log',
      'log/00000002.spare',
    ]);
    expect((await reopened(fileLog({ dir }))).hardState.term).toBe(1);
  });
});

const anyWrite = fc
  .record({
    hardState: fc.option(
      fc.record({
        term: fc.nat(2 ** 30),
        votedFor: fc.option(fc.stringMatching(/^[A-Za-z0-9._-]{1,63}$/)),
      }),
    ),
    back: fc.nat(5),
    data: fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 5 }),
    type: fc.constantFrom<EntryType>('command', 'configuration', 'noop'),
  })
  .map(({ hardState, back, data, type }) => (lastIndex: number): LogWrite[] => {
    const first = Math.max(1, lastIndex + 1 - back);
    const entries = data.map((bytes, n) => ({ index: first + n, term: 1, type, data: bytes }));
    return [write(hardState, entries)];
  });

function write(hardState: LogWrite['hardState'], entries: readonly Entry[]): LogWrite {
  return { id: 1, hardState, entries };
}

function entry(index: number, term: number, type: EntryType, data: string): Entry {
  return { index, term, type, data: Buffer.from(data) };
}

function plain(entries: readonly Entry[]) {
  return entries.map((entry) => ({ ...entry, data: Buffer.from(entry.data).toString('latin1') }));
}

async function withLog(log: LogStore, act: (log: LogStore) => Promise<void>): Promise<void> {
  await log.open('n1');
  await act(log);
  await log.close();
}

async function reopened(log: LogStore) {
  const state = await log.open('n1');
  await log.close();
  return state;
}

async function identity(log: LogStore) {
  return (await reopened(log)).identity;
}
