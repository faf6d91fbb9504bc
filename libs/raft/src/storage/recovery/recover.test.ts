import { beforeEach, describe, expect, test } from 'vitest';
import { decodeConfiguration, encodeConfiguration } from '../../core/configuration.js';
import type { Configuration, Member } from '../../core/configuration.js';
import { StorageError } from '../../errors.js';
import { entryOf, logWrite } from '../../testing/writes.js';
import { FileLog } from '../file-log.js';
import { FaultyFiles } from '../files/faulty-files.js';
import type { Fault, FileOperation } from '../files/faulty-files.js';
import { FileSnapshots } from '../snapshots/file-snapshots.js';
import { crashAt, randomFrom } from '../test/faults.js';
import { recoverOn } from './recover.js';
import { recordPath } from './record.js';
import { lockVolume } from '../volume/lock.js';

let fault: (operation: FileOperation) => Fault | null;
let random: () => number;
let files: FaultyFiles;

const options = { random: () => random(), fault: (operation: FileOperation) => fault(operation) };
const at = '2026-03-01T12:00:00.000Z';
const request = { dir: '/v', id: 'n1', address: 'n1:1', reason: 'the rack burned down' };

beforeEach(() => {
  fault = () => null;
  random = () => 0.5;
  files = new FaultyFiles(options);
});

function logOn(files: FaultyFiles): FileLog {
  const newIncarnation = () => 'i1';
  return new FileLog({ dir: '/v', files, segmentBytes: 65_536, newIncarnation, lock: lockVolume });
}

function snapshotsOn(files: FaultyFiles): FileSnapshots {
  return new FileSnapshots({ dir: '/s', files, retain: 2 });
}

function member(id: string): Member {
  const attributes = { http: `${id}:80` };
  return {
    id,
    address: `${id}:1`,
    incarnation: `i-${id}`,
    role: 'voter',
    promote: false,
    attributes,
  };
}

const three: Configuration = { members: ['n1', 'n2', 'n3'].map(member), outgoing: null };

/** A member of a cluster of three, with a command that it knows to be committed and one that it does not. */
async function aMember(): Promise<void> {
  const log = logOn(files);
  await log.open('n1');
  await log.adopt('c1');
  const configuration = Buffer.from(encodeConfiguration(three)).toString();
  const entries = [entryOf(1, 4, configuration, 'configuration'), entryOf(2, 4, 'committed')];
  await log.write([logWrite({ hardState: { term: 4, votedFor: 'n2' }, entries })]);
  await log.write([logWrite({ commit: 2, entries: [entryOf(3, 4, 'perhaps')] })]);
  await log.close();
}

function recover(clusterId = 'c2') {
  return recoverOn(files, request, { at, clusterId });
}

async function state() {
  const log = logOn(files);
  const state = await log.open('n1');
  await log.close();
  return state;
}

describe('the recovery of a lost cluster', () => {
  test('makes the node the only voter of a new cluster, with all that it holds', async () => {
    await aMember();
    await recover();
    const { identity, hardState, entries } = await state();
    expect(identity).toEqual({ nodeId: 'n1', incarnation: 'i1', clusterId: 'c2' });
    expect(hardState).toEqual({ term: 5, votedFor: 'n1' });
    expect(entries.map(({ index, term, type }) => [index, term, type])).toEqual([
      [1, 4, 'configuration'],
      [2, 4, 'command'],
      [3, 4, 'command'],
      [4, 5, 'configuration'],
    ]);
    const alone = { ...member('n1'), incarnation: 'i1' };
    expect(decodeConfiguration(entries[3]!.data).members).toEqual([alone]);
  });

  test('leaves a record in the volume, and a note in the configuration', async () => {
    await aMember();
    const record = await recover();
    expect(record).toMatchObject({
      at,
      reason: 'the rack burned down',
      nodeId: 'n1',
      role: 'voter',
      clusterId: 'c1',
      newClusterId: 'c2',
      members: three.members,
      term: 4,
      last: { index: 3, term: 4 },
      commitIndex: 2,
    });
    await recover('c3');
    const lines = (await files.read(recordPath('/v'))).toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      record,
      { clusterId: 'c2', newClusterId: 'c3', members: [{ id: 'n1' }] },
    ]);
    const { entries } = await state();
    const configuration = JSON.parse(Buffer.from(entries[3]!.data).toString()) as unknown;
    expect(configuration).toMatchObject({
      recovery: { at, reason: 'the rack burned down', from: 'c1' },
    });
  });

  test('begins behind a snapshot that the log has not got to', async () => {
    await aMember();
    const { identity } = await state();
    const snapshots = snapshotsOn(files);
    await snapshots.open(identity);
    const members = [member('n1'), member('n4')];
    const configuration = { index: 7, members, outgoing: [member('n5')] };
    await snapshots.save({ index: 9, term: 6, configuration }, [Buffer.from('state')]);
    await snapshots.close();
    const withSnapshots = { ...request, snapshots: snapshotsOn(files) };
    const record = await recoverOn(files, withSnapshots, { at, clusterId: 'c2' });
    expect(record).toMatchObject({
      members: [...members, member('n5')],
      last: { index: 9, term: 6 },
    });
    const { base, commitIndex, entries } = await state();
    expect({ base, commitIndex }).toEqual({ base: { index: 9, term: 6 }, commitIndex: 9 });
    expect(entries.map(({ index }) => index)).toEqual([10]);
  });

  test('that a crash cuts off at any operation does no harm, and can be done again', async () => {
    await aMember();
    let operations = 0;
    fault = () => {
      operations += 1;
      return null;
    };
    await recover();
    for (let crash = 1; crash <= operations; crash += 1) {
      fault = () => null;
      files = new FaultyFiles(options);
      random = randomFrom(crash);
      await aMember();
      fault = crashAt(crash);
      await recover().catch((error: unknown) => expect(error).toBeInstanceOf(StorageError));
      fault = () => null;
      files = files.restart(random() < 0.5 ? 'kill' : 'power-loss', options);
      const { identity, entries } = await state();
      if (entries.length > 3) expect(identity.clusterId).toBe('c2');
      const { length } = entries;
      const again = await recover('c3');
      expect((await state()).entries).toHaveLength(length + 1);
      const lines = (await files.read(recordPath('/v'))).toString().trimEnd().split('\n');
      expect(JSON.parse(lines.at(-1)!)).toEqual(again);
      expect(lines.length).toBeGreaterThanOrEqual(identity.clusterId === 'c1' ? 1 : 2);
    }
  });
});

describe('a recovery is refused', () => {
  test('where there is no volume, and makes none', async () => {
    await files.makeDirectory('/v');
    await expect(recover()).rejects.toThrow('/v holds no volume to recover');
    expect(await files.list('/v')).toEqual([]);
  });

  test('for a node that belongs to no cluster', async () => {
    await state();
    await expect(recover()).rejects.toThrow('n1 belongs to no cluster yet');
  });

  test('for another node, and while the node runs', async () => {
    await aMember();
    const other = recoverOn(files, { ...request, id: 'n2' }, { at, clusterId: 'c2' });
    await expect(other).rejects.toMatchObject({ code: 'foreign' });
    const log = logOn(files);
    await log.open('n1');
    await expect(recover()).rejects.toMatchObject({ code: 'in-use' });
    await log.close();
    await recover();
  });

  test('without a reason, or when entries are missing', async () => {
    await aMember();
    const silent = recoverOn(files, { ...request, reason: ' ' }, { at, clusterId: 'c2' });
    await expect(silent).rejects.toThrow('say why n1 is to be recovered');
    const log = logOn(files);
    await log.open('n1');
    await log.write([logWrite({ base: { index: 8, term: 5 } })]);
    await log.close();
    await expect(recover()).rejects.toMatchObject({ code: 'corrupt' });
    expect((await state()).identity.clusterId).toBe('c1');
  });
});
