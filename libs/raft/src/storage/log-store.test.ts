import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { LogWrite } from '../core/effects.js';
import type { Entry, EntryType } from '../core/entry.js';
import { logStoreSuite } from '../testing/log-store-suite.js';
import { logWrite } from '../testing/writes.js';
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
  for (const promise of logStoreSuite) test(promise.name, () => promise.run(blank));

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
                const writes = make(model);
                await log.write(writes);
                model.apply(writes);
              }
            });
            const state = await reopened(volume());
            expect(state).toMatchObject({
              hardState: model.hardState,
              base: model.base,
              commitIndex: model.commitIndex,
            });
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
    const write = logWrite({ hardState: { term: 1, votedFor: 'n1' } });
    await withLog(fileLog({ dir }), (log) => log.write([write]));
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
    base: fc.option(fc.record({ index: fc.nat(20), term: fc.nat(3) }), { freq: 5 }),
    commit: fc.nat(20),
    back: fc.nat(5),
    data: fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 5 }),
    type: fc.constantFrom<EntryType>('command', 'configuration', 'noop'),
  })
  .map(({ hardState, base, commit, back, data, type }) => (log: LogImage): LogWrite[] => {
    const first = Math.max((base ?? log.base).index, (base?.index ?? log.lastIndex) - back) + 1;
    const entries = data.map((bytes, n) => ({ index: first + n, term: 1, type, data: bytes }));
    return [logWrite({ hardState, base, commit, entries })];
  });

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
