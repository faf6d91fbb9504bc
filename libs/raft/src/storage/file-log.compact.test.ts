import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LogWrite } from '../core/effects.js';
import { logWrite } from '../testing/writes.js';
import { FaultyFiles } from './files/faulty-files.js';
import type { Fault, FileOperation } from './files/faulty-files.js';
import { FileLog } from './file-log.js';
import { checkBegin } from './reconcile.js';
import { headerBytes } from './segments/segment.js';
import { lockVolume } from './volume/lock.js';

let fault: (operation: FileOperation) => Fault | null;
let files: FaultyFiles;
let log: FileLog;

beforeEach(async () => {
  fault = () => null;
  files = new FaultyFiles({ random: () => 0.9, fault: (operation) => fault(operation) });
  log = logOn(files);
  await log.open('n1');
});

function logOn(files: FaultyFiles): FileLog {
  const newIncarnation = () => 'i1';
  return new FileLog({ dir: '/v', files, segmentBytes: 4096, newIncarnation, lock: lockVolume });
}

/** Three of them fill a segment. */
function put(index: number, term = 1): LogWrite {
  return logWrite({ entries: [{ index, term, type: 'command', data: Buffer.alloc(1100, index) }] });
}

async function write(from: number, to: number, term = 1): Promise<void> {
  for (let index = from; index <= to; index += 1) await log.write([put(index, term)]);
}

async function segments(): Promise<string[]> {
  return (await files.list('/v/log')).filter((name) => name.endsWith('.log')).sort();
}

async function reopen() {
  await log.close();
  log = logOn(files);
  const { base, entries, ...state } = await log.open('n1');
  return { ...state, base, held: entries.map(({ index, term }) => `${index}/${term}`) };
}

describe('a compaction', () => {
  test('removes the segments whose entries it is told to let go of', async () => {
    await write(1, 8);
    await log.compact(2);
    expect(await segments()).toEqual(['00000001.log', '00000002.log', '00000003.log']);
    await log.compact(5);
    expect(await segments()).toEqual(['00000002.log', '00000003.log']);
    expect(await reopen()).toMatchObject({
      base: { index: 3, term: 1 },
      held: ['4/1', '5/1', '6/1', '7/1', '8/1'],
      droppedFile: '/v/log/00000001.log',
    });
  });

  test('leaves the segment that is written to', async () => {
    await write(1, 6);
    await log.compact(6);
    expect(await segments()).toEqual(['00000002.log']);
    await write(7, 7);
    expect(await segments()).toEqual(['00000002.log', '00000003.log']);
    expect(await reopen()).toMatchObject({
      base: { index: 3 },
      held: ['4/1', '5/1', '6/1', '7/1'],
    });
  });

  test('goes on after a restart with segments of before', async () => {
    await write(1, 9);
    await reopen();
    await log.compact(6);
    expect(await segments()).toEqual(['00000003.log']);
    expect(await reopen()).toMatchObject({ base: { index: 6, term: 1 } });
  });

  test('keeps what counts of entries that were replaced in a later segment', async () => {
    await write(1, 6);
    await write(5, 9, 2);
    await log.compact(6);
    expect(await segments()).toEqual(['00000003.log', '00000004.log']);
    expect(await reopen()).toMatchObject({
      base: { index: 5, term: 2 },
      held: ['6/2', '7/2', '8/2', '9/2'],
    });
  });

  test('that fails says which file, and does the rest when it is called again', async () => {
    await write(1, 9);
    fault = ({ kind }) => (kind === 'remove' ? 'EIO' : null);
    const refused = log.compact(6);
    await expect(refused).rejects.toMatchObject({ code: 'failed' });
    await expect(refused).rejects.toThrow('cannot remove /v/log/00000001.log: EIO');
    expect(await segments()).toEqual(['00000002.log', '00000003.log']);
    fault = () => null;
    await log.compact(6);
    expect(await segments()).toEqual(['00000003.log']);
    await write(10, 10);
    expect(await reopen()).toMatchObject({ held: ['7/1', '8/1', '9/1', '10/1'] });
  });

  test('ends before the volume is closed', async () => {
    await write(1, 9);
    const compaction = log.compact(9);
    await log.close();
    await compaction;
    expect(await segments()).toEqual(['00000003.log']);
  });
});

describe('a log that does not begin with entry 1', () => {
  test('is whole when a snapshot stands for what it lacks', async () => {
    await write(1, 6);
    await log.compact(3);
    const state = await reopen();
    expect(() => checkBegin(state, { index: 3, term: 1 })).not.toThrow();
    expect(() => checkBegin(state, { index: 2, term: 1 })).toThrow(
      '/v/log/00000001.log is missing: the log begins behind entry 3, and the latest snapshot is ' +
        'of entry 2',
    );
    expect(() => checkBegin(state, null)).toThrow('and there is no snapshot');
  });

  test('lacks a snapshot when it was begun anew behind one that is not there', async () => {
    await log.write([logWrite({ base: { index: 7, term: 2 } })]);
    const state = await reopen();
    expect(() => checkBegin(state, null)).toThrow('A snapshot is missing: the log begins behind');
    expect(() => checkBegin(state, { index: 7, term: 2 })).not.toThrow();
  });

  test('lacks a segment when one in its middle is gone', async () => {
    await write(1, 9);
    await log.compact(3);
    await files.remove('/v/log/00000003.log');
    await log.close();
    await expect(logOn(files).open('n1')).rejects.toThrow('/v/log/00000003.log is missing');
  });
});

describe('a volume of format 1', () => {
  /** Its headers end behind the first sequence number. */
  async function downgrade(): Promise<void> {
    for (const name of await segments()) {
      const node = files.node(`/v/log/${name}`);
      const header = node.content.subarray(0, headerBytes).fill(0, 38);
      header.writeUInt32LE(1, 12);
      header.writeUInt32LE(crc32(header.subarray(12)), 8);
      node.write(header, 0);
    }
  }

  test('opens, goes on, and lets go of its segments like any other', async () => {
    await log.write([logWrite({ hardState: { term: 3, votedFor: 'n2' } })]);
    await write(1, 8);
    await downgrade();
    await reopen();
    await write(9, 9);
    await log.compact(6);
    expect(await segments()).toEqual(['00000003.log']);
    expect(await reopen()).toMatchObject({
      hardState: { term: 3, votedFor: 'n2' },
      base: { index: 6, term: 1 },
      held: ['7/1', '8/1', '9/1'],
    });
  });

  test('that cannot be brought to this format says which file', async () => {
    await write(1, 4);
    await downgrade();
    await log.close();
    fault = ({ kind, path }) => (kind === 'datasync' && path.endsWith('1.log') ? 'EIO' : null);
    await expect(logOn(files).open('n1')).rejects.toThrow(
      'cannot write the header of /v/log/00000001.log: EIO',
    );
    fault = () => null;
    expect(await reopen()).toMatchObject({ held: ['1/1', '2/1', '3/1', '4/1'] });
  });

  test('is refused when its first segment is gone', async () => {
    await write(1, 6);
    await downgrade();
    await log.close();
    await files.remove('/v/log/00000001.log');
    await expect(logOn(files).open('n1')).rejects.toThrow('/v/log/00000001.log is missing');
  });
});
