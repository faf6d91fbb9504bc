import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diskFiles } from '../files/disk-files.js';
import { lockVolume } from './lock.js';
import { thisProcess } from './processes.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quorate-lock-'));
});

afterEach(() => rm(dir, { recursive: true }));

describe('the lock of a volume', () => {
  test('keeps out a second user in the same process, and names volume and pid', async () => {
    const lock = await lockVolume(diskFiles, dir);
    const refused = lockVolume(diskFiles, dir);
    await expect(refused).rejects.toMatchObject({ code: 'in-use' });
    await expect(refused).rejects.toThrow(
      `volume ${dir} is in use by this process (pid ${process.pid})`,
    );
    await lock.release();
    await (await lockVolume(diskFiles, dir)).release();
    expect(await readdir(dir)).toEqual([]);
  });

  test('keeps out another process while it runs, and is taken over once it was killed', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log()']);
    try {
      await once(other.stdout, 'data');
      await leaveLock(other.pid!, null);
      await expect(lockVolume(diskFiles, dir)).rejects.toThrow(`in use by process ${other.pid!}`);
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
    await (await lockVolume(diskFiles, dir)).release();
  });

  test('is not held by a later process that got the pid', async () => {
    const { startedAt } = thisProcess();
    if (startedAt === null) return;
    await leaveLock(process.ppid, `${startedAt}0`);
    await (await lockVolume(diskFiles, dir)).release();
  });

  test('is not held by an earlier process that had the pid of this one', async () => {
    const { pid, startedAt } = thisProcess();
    await leaveLock(pid, startedAt);
    await (await lockVolume(diskFiles, dir)).release();
  });

  test('is taken over when a power loss left nothing of its content', async () => {
    await writeFile(join(dir, 'lock'), '');
    await (await lockVolume(diskFiles, dir)).release();
  });

  test('goes to one of many that want it at once, over a stale one', async () => {
    for (let round = 0; round < 40; round += 1) {
      await leaveLock(process.pid, null);
      const tries = await Promise.allSettled(
        Array.from({ length: 12 }, () => lockVolume(diskFiles, dir)),
      );
      const won = tries.filter((result) => result.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0]!.value.release();
      expect(await readdir(dir)).toEqual([]);
    }
  }, 30_000);

  test('is left alone by its former holder once another has it', async () => {
    const lock = await lockVolume(diskFiles, dir);
    await leaveLock(1, 'other');
    await lock.release();
    expect(await readFile(join(dir, 'lock'), 'utf8')).toContain('other');
  });
});

function leaveLock(pid: number, startedAt: string | null): Promise<void> {
  return writeFile(join(dir, 'lock'), JSON.stringify({ pid, startedAt, lock: 'left' }));
}
