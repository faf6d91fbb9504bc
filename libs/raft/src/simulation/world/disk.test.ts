import { beforeEach, describe, expect, test } from 'vitest';
import type { VolumeFile } from '../../storage/files/volume-files.js';
import { Random } from '../time/random.js';
import { Timeline } from '../time/timeline.js';
import { Disk } from './disk.js';
import { Life } from './life.js';

const path = '/d/file';
const bytes = Buffer.alloc(2000, 7);
const never = () => false;

let timeline: Timeline;
let life: Life;
let disk: Disk;
let log: string[];

beforeEach(() => {
  timeline = new Timeline();
  life = new Life(timeline);
  log = [];
  disk = new Disk([10, 10], timeline, new Random(1), () => {
    log.push('died');
    life.end();
  });
});

/** A file that is written, and then synced; what becomes of both is told. */
async function writeAndSync(): Promise<void> {
  const files = disk.filesFor(life);
  const told = (what: string, work: Promise<unknown>) =>
    work.then(
      () => log.push(`${what} at ${timeline.now.toFixed(0)}`),
      (error: unknown) => log.push(`${what}: ${String(error)}`),
    );
  let file: VolumeFile | null = null;
  const whole = async () => {
    await files.makeDirectory('/d');
    file = await files.create(path);
    await files.syncDirectory('/d');
    await told('written', file.write(bytes, 0));
    await told('synced', file.datasync());
  };
  void whole();
  timeline.promised();
  await pass(0);
}

function pass(ms: number): Promise<void> {
  return timeline.runUntil(timeline.now + ms, never);
}

describe('the simulated disk', () => {
  test('takes its time for what has to reach the platter', async () => {
    await writeAndSync();
    await pass(100);
    expect(log).toEqual(['written at 30', 'synced at 40']);
  });

  test('tells a process that sleeps when it wakes, and a dead one never', async () => {
    await writeAndSync();
    await pass(32);
    life.pause();
    await pass(50);
    expect(log).toEqual(['written at 30']);
    life.resume();
    await pass(0);
    expect(log.at(-1)).toBe('synced at 82');
  });

  test('shows the next process what a killed one had written, and tells the dead one nothing', async () => {
    await writeAndSync();
    await pass(35);
    life.end();
    disk.loseProcess('kill');
    expect(disk.atRest.node(path).content).toEqual(bytes);
    await pass(100);
    expect(log).toEqual(['written at 30']);
  });

  test('ends nothing while it hangs', async () => {
    disk.stall();
    await writeAndSync();
    await pass(500);
    expect(log).toEqual([]);
    disk.goOn();
    await pass(100);
    expect(log).toEqual(['written at 530', 'synced at 540']);
  });

  test('refuses what needs space while it is full, and what it is to fail', async () => {
    disk.failing = { operations: new Set(['datasync']), chance: 1 };
    await writeAndSync();
    await pass(40);
    expect(log.at(-1)).toMatch(/^synced: Error: EIO/);
    disk.failing = null;
    disk.full = true;
    await expect(
      Promise.all([disk.filesFor(life).create('/d/more'), pass(100)]),
    ).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  test('lets the process die in the middle of an operation, which then is done in part', async () => {
    disk.dying = { strikes: ({ kind }) => kind === 'write', left: 1 };
    await writeAndSync();
    await pass(100);
    expect(log).toEqual(['died']);
    disk.loseProcess('kill');
    expect(disk.atRest.node(path).size).toBeLessThanOrEqual(bytes.length);
  });
});
