import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { StorageError } from '../../errors.js';
import { isRunning, thisProcess } from './processes.js';
import type { ProcessMark } from './processes.js';
import { isCode } from '../storage-fault.js';
import type { VolumeFiles } from '../files/volume-files.js';

/** Each failed try means that another process got further; so many in a row mean a race. */
const maxTries = 5;

/** Held until released. */
export interface VolumeLock {
  release(): Promise<void>;
}

interface Holder extends ProcessMark {
  /** Differs for each lock, so that a process knows its own. */
  readonly lock: string;
}

/** The locks that this process holds, on each file system: its pid does not tell them apart. */
const held = new WeakMap<VolumeFiles, Set<string>>();

/**
 * Takes the volume for this process: the file `lock` says who has it. A lock whose process is gone is
 * taken over.
 * @throws StorageError `in-use`, naming the process that holds it.
 */
export async function lockVolume(files: VolumeFiles, dir: string): Promise<VolumeLock> {
  const path = join(dir, 'lock');
  const lock = randomUUID();
  const mine = Buffer.from(`${JSON.stringify({ ...thisProcess(), lock })}\n`);
  // From before the file is there, lest another call in this process take it for a stale one.
  locksOf(files).add(lock);
  try {
    await take(files, path, mine);
  } catch (error) {
    locksOf(files).delete(lock);
    throw error;
  }
  return {
    release: async () => {
      try {
        await letGo(files, path, mine);
      } finally {
        locksOf(files).delete(lock);
      }
    },
  };
}

async function take(files: VolumeFiles, path: string, mine: Buffer): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    if (await claim(files, path, mine)) return;
    const found = await readIfThere(files, path);
    if (found === null) continue;
    const holder = parse(found);
    if (holder !== null && isHeld(files, holder)) throw inUse(path, holder.pid);
    if (await replace(files, path, found, mine)) return;
  }
  const dir = dirname(path);
  throw new StorageError('in-use', `several processes want volume ${dir} at once: start one only`);
}

/** False when there is a lock already. */
async function claim(files: VolumeFiles, path: string, mine: Buffer): Promise<boolean> {
  try {
    await files.claim(path, mine);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Puts this lock in the place of the stale one; false when that is no longer there. Who would replace
 * it holds a lock on doing so, named after it: of many that saw the same stale lock one gets that,
 * and one that comes later sees that the stale lock is gone.
 */
async function replace(
  files: VolumeFiles,
  path: string,
  stale: Buffer,
  mine: Buffer,
): Promise<boolean> {
  const guard = `${path}.${crc32(stale).toString(16)}`;
  await take(files, guard, mine);
  try {
    const found = await readIfThere(files, path);
    if (found?.equals(stale) !== true) return false;
    const next = `${guard}.next`;
    await put(files, next, mine);
    await files.rename(next, path);
    return true;
  } finally {
    await letGo(files, guard, mine);
  }
}

async function put(files: VolumeFiles, path: string, content: Buffer): Promise<void> {
  const file = await files.create(path);
  try {
    await file.write(content, 0);
  } finally {
    await file.close();
  }
}

async function letGo(files: VolumeFiles, path: string, mine: Buffer): Promise<void> {
  const found = await readIfThere(files, path);
  if (found?.equals(mine) === true) await files.remove(path);
}

function isHeld(files: VolumeFiles, holder: Holder): boolean {
  if (holder.pid === process.pid) return locksOf(files).has(holder.lock);
  return isRunning(holder);
}

function locksOf(files: VolumeFiles): Set<string> {
  const locks = held.get(files) ?? new Set();
  held.set(files, locks);
  return locks;
}

async function readIfThere(files: VolumeFiles, path: string): Promise<Buffer | null> {
  try {
    return await files.read(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** null for what a power loss left of a lock that was never synced: a running process's is whole. */
function parse(content: Buffer): Holder | null {
  let value: unknown;
  try {
    value = JSON.parse(content.toString());
  } catch {
    return null;
  }
  return isHolder(value) ? value : null;
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startedAt' in value &&
    (value.startedAt === null || typeof value.startedAt === 'string') &&
    'lock' in value &&
    typeof value.lock === 'string'
  );
}

function inUse(path: string, pid: number): StorageError {
  const who = pid === process.pid ? `this process (pid ${pid})` : `process ${pid}`;
  return new StorageError(
    'in-use',
    `volume ${dirname(path)} is in use by ${who}: stop it, or give this node another directory`,
  );
}
