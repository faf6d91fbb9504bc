import { dirname } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LogWrite } from '../core/effects.js';
import { StorageError } from '../errors.js';
import { FileLog } from './file-log.js';
import { FaultyFiles } from './files/faulty-files.js';
import { checkBegin } from './reconcile.js';
import type { StoredState } from './log-store.js';
import { headerBytes } from './segments/segment.js';
import { logWrite } from '../testing/writes.js';
import { endOfContent } from './segments/sectors.js';
import { lockVolume } from './volume/lock.js';

/** The promise: damage is named by file and byte, and changes nothing; or it hit no durable byte. */

const identityFile = '/v/identity.json';
const segments = ['/v/log/00000001.log', '/v/log/00000002.log', '/v/log/00000003.log'];
const spare = '/v/log/00000004.spare';

let acknowledged: string;

beforeAll(async () => {
  acknowledged = told(await openLog(await volume()));
});

/** Three segments, the last with a few frames, closed. */
async function volume(): Promise<FaultyFiles> {
  const files = new FaultyFiles({ random: () => 0.5 });
  const log = logOn(files);
  await log.open('n1');
  await log.adopt('c1');
  for (let index = 1; index <= 12; index += 1) await log.write([writeOf(index)]);
  await log.close();
  return files;
}

function writeOf(index: number): LogWrite {
  const data = Buffer.alloc(600, index % 3 === 0 ? 0 : index);
  data[data.length - 1] = index;
  return logWrite({
    hardState: { term: index, votedFor: 'n2' },
    commit: index - 1,
    entries: [{ index, term: index, type: 'command', data }],
  });
}

function logOn(files: FaultyFiles): FileLog {
  const newIncarnation = () => 'i1';
  return new FileLog({ dir: '/v', files, segmentBytes: 4096, newIncarnation, lock: lockVolume });
}

/** As a node without a snapshot opens it. */
async function openLog(files: FaultyFiles): Promise<StoredState> {
  const log = logOn(files);
  const state = await log.open('n1');
  await log.close();
  checkBegin(state, null);
  return state;
}

/** As one string: a runner's deep comparison of bytes is slow. */
function told({ identity, hardState, base, commitIndex, entries }: StoredState): string {
  const data = entries.map((entry) => Buffer.from(entry.data).toString('hex'));
  const places = entries.map(({ index, term, type }) => ({ index, term, type }));
  return JSON.stringify({ identity, hardState, base, commitIndex, places, data });
}

async function refusal(files: FaultyFiles): Promise<StorageError> {
  const error: unknown = await openLog(files).then(
    () => new Error('it opened'),
    (error: unknown) => error,
  );
  if (error instanceof StorageError) return error;
  throw error;
}

function contents(files: FaultyFiles) {
  return [identityFile, ...segments].map((path) => files.node(path).content.toString('hex'));
}

describe('a damaged log', { timeout: 30_000 }, () => {
  test('has three segments in these tests', async () => {
    const files = await volume();
    expect(await files.list('/v/log')).toEqual(
      expect.arrayContaining([...segments, spare].map((path) => path.slice('/v/log/'.length))),
    );
    expect((await openLog(files)).entries).toHaveLength(12);
  });

  test('is refused when any byte of any frame or header has changed, naming file and byte', async () => {
    const files = await volume();
    const ends = segments.map((path) => endOfContent(files.node(path).content, headerBytes));
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(254), async (segment, n, bit) => {
        const path = segments[segment]!;
        const offset = n % ends[segment]!;
        files.node(path).damage(offset, bit + 1);
        const before = contents(files);
        const error = await refusal(files);
        expect(error.code).toBe('corrupt');
        const at = Number(/damaged at byte (\d+)/.exec(error.message)?.[1]);
        expect(error.message).toContain(path);
        expect(at).toBeLessThanOrEqual(Math.max(offset, headerBytes));
        expect(contents(files)).toEqual(before);
        files.node(path).damage(offset, bit + 1);
      }),
      { numRuns: 300 },
    );
  });

  test('opens with all it acknowledged, or is refused, when any byte behind the frames has changed', async () => {
    const files = await volume();
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(254), async (segment, n, bit) => {
        const node = files.node(segments[segment]!);
        const end = endOfContent(node.content, headerBytes);
        const offset = end + (n % (node.size - end));
        node.damage(offset, bit + 1);
        const opened = await openLog(files).catch((error: unknown) => error);
        if (opened instanceof StorageError) {
          expect(opened.code).toBe('corrupt');
          node.damage(offset, bit + 1);
        } else {
          expect(told(opened as StoredState)).toBe(acknowledged);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is refused when any byte of its identity has changed', async () => {
    const size = (await volume()).node(identityFile).size;
    for (let offset = 0; offset < size; offset += 1) {
      const files = await volume();
      files.node(identityFile).damage(offset, 1);
      const error = await refusal(files);
      expect(error.code).toBe('corrupt');
      expect(error.message).toContain(`${identityFile} is damaged at byte 0`);
    }
  });

  test.each([...segments, spare])('is refused when %s is gone, and names it', async (path) => {
    const files = await volume();
    await files.remove(path);
    const error = await refusal(files);
    expect(error.code).toBe('corrupt');
    expect(error.message).toContain(`${path} is missing`);
  });

  test('is refused when its identity is gone', async () => {
    const files = await volume();
    await files.remove(identityFile);
    const before = (await files.list('/v/log')).length;
    const error = await refusal(files);
    expect(error.code).toBe('corrupt');
    expect(error.message).toContain(`${identityFile} is missing: /v/log holds a log`);
    expect(await files.list('/v/log')).toHaveLength(before);
  });

  test('is refused when the whole log is gone', async () => {
    const files = await volume();
    for (const path of [...segments, spare]) await files.remove(path);
    expect((await refusal(files)).message).toContain(`${segments[0]!} is missing`);
  });

  test.each(segments)('is refused when %s was cut short, anywhere', async (path) => {
    for (let size = 0; size < 4096; size += 97) {
      const files = await volume();
      files.node(path).truncate(size);
      const error = await refusal(files);
      expect(error.code).toBe('corrupt');
      expect(error.message).toContain(path);
    }
  });

  test('is refused when a segment of another volume stands in its place', async () => {
    const files = await volume();
    const other = new FaultyFiles({ random: () => 0.5 });
    const log = new FileLog({
      dir: '/v',
      files: other,
      segmentBytes: 4096,
      newIncarnation: () => 'i2',
      lock: lockVolume,
    });
    await log.open('n1');
    const file = await files.open(segments[0]!);
    await file.write(other.node(segments[0]!).content, 0);
    expect((await refusal(files)).message).toContain(
      `${segments[0]!} is damaged at byte 16: it belongs to another volume`,
    );
  });

  test('is refused when segments have changed their places', async () => {
    const files = await volume();
    const [second, third] = [segments[1]!, segments[2]!];
    await files.rename(second, '/v/log/x');
    await files.rename(third, second);
    await files.rename('/v/log/x', third);
    expect((await refusal(files)).message).toContain(`${second} is damaged at byte 20`);
  });

  test('is refused when a segment lacks its last frames', async () => {
    const files = await volume();
    const node = files.node(segments[0]!);
    const end = endOfContent(node.content, headerBytes);
    node.write(Buffer.alloc(700), end - 700);
    const error = await refusal(files);
    expect(error.code).toBe('corrupt');
    expect(error.message).toMatch(/00000001\.log is damaged at byte \d+: frame \d+ is not there/);
  });
});

describe('what a crash left', () => {
  test('of half-made files is cleared away', async () => {
    const files = await volume();
    for (const path of [`${identityFile}.tmp`, '/v/log/00000005.spare', '/v/log/00000003.spare']) {
      await files.create(path);
    }
    expect(told(await openLog(files))).toBe(acknowledged);
    expect((await files.list(dirname(identityFile))).sort()).toEqual(['identity.json']);
    expect((await files.list('/v/log')).sort()).toEqual(
      [...segments, spare].map((path) => path.slice('/v/log/'.length)),
    );
  });

  test('of a write at the end is cut, and told with file and place', async () => {
    const files = await volume();
    const path = segments[2]!;
    const end = endOfContent(files.node(path).content, headerBytes);
    const remains = Buffer.alloc(100, 7);
    files.node(path).write(remains, 4096 - 512);
    const { cut, ...state } = await openLog(files);
    expect(cut).toEqual({ file: path, offset: end, bytes: 4096 - 512 + 100 - end });
    expect(told(state)).toBe(acknowledged);
    expect(told(await openLog(files))).toBe(acknowledged);
  });
});
