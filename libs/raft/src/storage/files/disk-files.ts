import { randomUUID } from 'node:crypto';
import {
  constants,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  unlink,
  writeFile,
} from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isCode } from '../storage-fault.js';
import { synced } from './synced.js';
import type { VolumeFile, VolumeFiles } from './volume-files.js';

/** The real file system. */
export const diskFiles: VolumeFiles = {
  create: async (path) => new DiskFile(await open(path, 'w+')),
  open: async (path) => new DiskFile(await open(path, 'r+')),
  openSynced,
  openToRead: async (path) => new DiskFile(await open(path, 'r')),
  claim,
  read: (path) => readFile(path),
  list: (directory) => readdir(directory),
  makeDirectory,
  rename,
  remove: unlink,
  syncDirectory,
};

class DiskFile implements VolumeFile {
  private readonly handle: FileHandle;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  async size(): Promise<number> {
    return (await this.handle.stat()).size;
  }

  async read(position: number, bytes: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(bytes);
    let done = 0;
    while (done < bytes) {
      const { bytesRead } = await this.handle.read(buffer, done, bytes - done, position + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return buffer.subarray(0, done);
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const left = bytes.length - done;
      const { bytesWritten } = await this.handle.write(bytes, done, left, position + done);
      if (bytesWritten === 0) throw new Error('the file system took no byte of a write');
      done += bytesWritten;
    }
  }

  datasync(): Promise<void> {
    return this.handle.datasync();
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Only Linux's O_DSYNC does what `fdatasync` does: macOS leaves such a write in the cache of the disk itself. */
async function openSynced(path: string): Promise<VolumeFile> {
  return process.platform === 'linux'
    ? new DiskFile(await open(path, constants.O_RDWR | constants.O_DSYNC))
    : synced(await diskFiles.open(path));
}

async function claim(path: string, content: Uint8Array): Promise<void> {
  const whole = `${path}.${randomUUID()}`;
  await writeFile(whole, content, { flag: 'wx' });
  try {
    await link(whole, path);
  } finally {
    await unlink(whole);
  }
}

/** A directory stands for good only once its parent is synced, and so on upwards. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return;
    if (!isCode(error, 'ENOENT')) throw error;
    await makeDirectory(dirname(path));
    await mkdir(path);
  }
  await syncDirectory(dirname(path));
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
