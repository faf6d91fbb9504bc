import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LogWrite } from '../core/effects.js';
import { FileLog } from './file-log.js';
import { logWrite } from '../testing/writes.js';
import { FaultyFiles } from './files/faulty-files.js';
import type { Fault, FileOperation } from './files/faulty-files.js';
import { lockVolume } from './volume/lock.js';

let operations: FileOperation[];
let fault: (operation: FileOperation) => Fault | null;
let files: FaultyFiles;
let log: FileLog;

/** How much of what is not synced, or fails in the middle, is done all the same. */
const nothing = 0;
const some = 0.6;
const all = 0.99;
let luck: number;

const options = {
  random: () => luck,
  fault: (operation: FileOperation) => {
    operations.push(operation);
    return fault(operation);
  },
};

beforeEach(async () => {
  operations = [];
  fault = () => null;
  luck = nothing;
  files = new FaultyFiles(options);
  log = logOn(files);
  await log.open('n1');
  operations = [];
});

function logOn(files: FaultyFiles): FileLog {
  const newIncarnation = () => 'i1';
  return new FileLog({ dir: '/v', files, segmentBytes: 4096, newIncarnation, lock: lockVolume });
}

function put(index: number, bytes = 100, term = 1): LogWrite[] {
  const data = Buffer.alloc(bytes, index);
  return [logWrite({ entries: [{ index, term, type: 'command', data }] })];
}

/** What the log holds, by a new process on the same files. */
async function heldAfter(end: 'kill' | 'power-loss'): Promise<string[]> {
  fault = () => null;
  files = files.restart(end, options);
  log = logOn(files);
  const { entries } = await log.open('n1');
  return entries.map(({ index, term, data }) => `${index}/${term} ${data.length}`);
}

/** Loses power in the middle of a write: its first sectors are on the disk. */
async function tear(batch: LogWrite[]): Promise<void> {
  luck = some;
  fault = ({ kind }) => (kind === 'write' ? 'crash' : null);
  await expect(log.write(batch)).rejects.toMatchObject({ code: 'failed' });
  luck = all;
  fault = () => null;
  files = files.restart('power-loss', options);
  log = logOn(files);
}

function done(): string[] {
  return operations.map(({ kind, path }) => `${kind} ${path.slice('/v/log/'.length)}`);
}

describe('a write', () => {
  test('is one write and one sync, however many entries it has', async () => {
    await log.write([...put(1), ...put(2), ...put(3)]);
    expect(done()).toEqual(['write 00000001.log', 'datasync 00000001.log']);
  });

  test('of nothing asks nothing of the disk', async () => {
    await log.write([]);
    expect(done()).toEqual([]);
  });

  test('fills no segment itself when one was got ready in time', async () => {
    await log.write(put(1, 3000));
    while (!done().includes('syncDirectory ')) await setImmediate();
    operations = [];
    await log.write(put(2, 600));
    expect(done()).toEqual([
      'close 00000001.log',
      'write 00000002.spare',
      'datasync 00000002.spare',
      'rename 00000002.log',
      'syncDirectory ',
      'close 00000002.spare',
      'open 00000002.log',
      'write 00000002.log',
      'datasync 00000002.log',
    ]);
  });

  test('that no segment can hold gets one of its own size', async () => {
    await log.write(put(1, 100));
    await log.write(put(2, 20_000));
    await log.write(put(3, 100));
    expect(await heldAfter('power-loss')).toEqual(['1/1 100', '2/1 20000', '3/1 100']);
  });

  test('waits for no other: a second at the same time is refused', async () => {
    const first = log.write(put(1));
    await expect(log.write(put(2))).rejects.toMatchObject({ code: 'failed' });
    await first;
    await log.write(put(2));
  });

  test('that is under way at a close becomes durable first', async () => {
    const write = log.write(put(1));
    await log.close();
    await write;
    expect(await heldAfter('power-loss')).toEqual(['1/1 100']);
  });
});

describe('a disk that fails', () => {
  test('for want of space refuses the write as full, and takes the same one when there is space', async () => {
    await log.write(put(1, 3000));
    fault = ({ grows }) => (grows ? 'ENOSPC' : null);
    for (let tries = 0; tries < 3; tries += 1) {
      const refused = log.write(put(2, 3000));
      await expect(refused).rejects.toMatchObject({ code: 'full' });
      await expect(refused).rejects.toThrow('cannot begin /v/log/00000002.log: ENOSPC');
    }
    fault = () => null;
    await log.write(put(2, 3000));
    await log.write(put(3, 3000));
    expect(await heldAfter('power-loss')).toEqual(['1/1 3000', '2/1 3000', '3/1 3000']);
  });

  test('at a sync loses that write alone, and the next goes to a new segment', async () => {
    await log.write(put(1));
    luck = all;
    fault = ({ kind }) => (kind === 'datasync' ? 'EIO' : null);
    const refused = log.write(put(2));
    await expect(refused).rejects.toMatchObject({ code: 'failed' });
    await expect(refused).rejects.toThrow('cannot write to /v/log/00000001.log: EIO');
    fault = () => null;
    await log.write(put(2, 50, 2));
    await log.write(put(3, 50, 2));
    expect(await files.list('/v/log')).toContain('00000002.log');
    expect(await heldAfter('power-loss')).toEqual(['1/1 100', '2/2 50', '3/2 50']);
  });

  test('for long takes no more space with every try', async () => {
    await log.write(put(1));
    operations = [];
    const ofFrame = () => operations.length === 2 || operations.at(-6)?.kind === 'rename';
    fault = ({ kind }) => (kind === 'datasync' && ofFrame() ? 'EIO' : null);
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(log.write(put(2))).rejects.toMatchObject({ code: 'failed' });
    }
    fault = () => null;
    expect((await files.list('/v/log')).sort()).toEqual([
      '00000001.log',
      '00000002.log',
      '00000003.spare',
    ]);
    await log.write(put(2));
    expect(await heldAfter('power-loss')).toEqual(['1/1 100', '2/1 100']);
  });

  test('at a sync, then a kill: what the restart tells outlives a loss of power', async () => {
    fault = ({ kind }) => (kind === 'datasync' ? 'EIO' : null);
    await expect(log.write(put(1))).rejects.toMatchObject({ code: 'failed' });
    expect(await heldAfter('kill')).toEqual(['1/1 100']);
    expect(await heldAfter('power-loss')).toEqual(['1/1 100']);
  });

  test('at the name of a new segment, then a kill: what the restart adds outlives a loss of power', async () => {
    await log.write(put(1, 3000));
    fault = ({ kind, path }) =>
      kind === 'syncDirectory' &&
      operations.some(({ kind }) => kind === 'rename') &&
      path === '/v/log'
        ? 'crash'
        : null;
    await expect(log.write(put(2, 3000))).rejects.toMatchObject({ code: 'failed' });
    expect(await heldAfter('kill')).toEqual(['1/1 3000']);
    await log.write(put(2, 10));
    expect(await heldAfter('power-loss')).toEqual(['1/1 3000', '2/1 10']);
  });

  test('while the next segment is begun adds nothing to the last one, even if it would fit', async () => {
    await log.write(put(1, 3000));
    fault = ({ kind, path }) => (kind === 'syncDirectory' && path === '/v/log' ? 'EIO' : null);
    await expect(log.write(put(2, 3000))).rejects.toMatchObject({ code: 'failed' });
    fault = () => null;
    await log.write(put(2, 10));
    expect(await heldAfter('power-loss')).toEqual(['1/1 3000', '2/1 10']);
  });

  test('while a torn write is cut leaves none of it to the next one that is torn', async () => {
    await tear([...put(1, 500), ...put(2, 2000)]);
    luck = nothing;
    fault = ({ kind }) => (kind === 'datasync' ? 'EIO' : null);
    await expect(log.open('n1')).rejects.toMatchObject({ code: 'failed' });
    fault = () => null;
    expect((await log.open('n1')).entries).toEqual([]);
    await tear(put(1, 1200));
    expect(await log.open('n1')).toMatchObject({ entries: [], cut: { offset: 512 } });
  });

  test('when the volume is opened says which file, and lets go of the lock', async () => {
    await log.write(put(1));
    await log.close();
    fault = ({ kind, path }) => (kind === 'read' && path.endsWith('.log') ? 'EIO' : null);
    const refused = log.open('n1');
    await expect(refused).rejects.toMatchObject({ code: 'failed' });
    await expect(refused).rejects.toThrow('cannot read /v/log/00000001.log: EIO');
    fault = () => null;
    expect((await log.open('n1')).entries).toHaveLength(1);
  });

  test('when a cluster adopts the node rejects it, and takes it later', async () => {
    fault = ({ kind }) => (kind === 'create' ? 'ENOSPC' : null);
    await expect(log.adopt('c1')).rejects.toMatchObject({ code: 'full' });
    fault = () => null;
    await log.adopt('c1');
    files = files.restart('power-loss', options);
    expect((await logOn(files).open('n1')).identity.clusterId).toBe('c1');
  });
});

describe('a batch over the limit', () => {
  test('is refused before anything is written', async () => {
    const data = Buffer.alloc(512 * 1024 * 1024);
    const entries = [1, 2, 3].map((index) => ({ index, term: 1, type: 'command' as const, data }));
    const refused = log.write([logWrite({ entries })]);
    await expect(refused).rejects.toThrow('over the limit of 1073741824');
    expect(done()).toEqual([]);
    await log.write(put(1));
  });
});
