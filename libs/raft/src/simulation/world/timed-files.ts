import { synced } from '../../storage/files/synced.js';
import type { ReadableFile, VolumeFile, VolumeFiles } from '../../storage/files/volume-files.js';
import type { Timeline } from '../time/timeline.js';
import type { Life } from './life.js';

export type Operation = keyof VolumeFiles | keyof VolumeFile;

/** Calls `act` when the disk has come to the operation: at once, later, or never. */
export type Turn = (operation: Operation, act: () => void) => void;

/**
 * A file system as one process sees it: each operation takes its time, and its end comes to the
 * process as everything does: when it is awake, and never once it is dead.
 */
export class TimedFiles implements VolumeFiles {
  constructor(
    private readonly files: VolumeFiles,
    private readonly life: Life,
    private readonly timeline: Timeline,
    private readonly turn: Turn,
  ) {}

  async create(path: string): Promise<VolumeFile> {
    return this.timed(await this.run('create', () => this.files.create(path)));
  }

  async open(path: string): Promise<VolumeFile> {
    return this.timed(await this.run('open', () => this.files.open(path)));
  }

  async openSynced(path: string): Promise<VolumeFile> {
    return synced(await this.open(path));
  }

  async openToRead(path: string): Promise<ReadableFile> {
    return this.readable(await this.run('openToRead', () => this.files.openToRead(path)));
  }

  claim(path: string, content: Uint8Array): Promise<void> {
    return this.run('claim', () => this.files.claim(path, content));
  }

  read(path: string): Promise<Buffer> {
    return this.run('read', () => this.files.read(path));
  }

  list(directory: string): Promise<string[]> {
    return this.run('list', () => this.files.list(directory));
  }

  makeDirectory(path: string): Promise<void> {
    return this.run('makeDirectory', () => this.files.makeDirectory(path));
  }

  rename(from: string, to: string): Promise<void> {
    return this.run('rename', () => this.files.rename(from, to));
  }

  remove(path: string): Promise<void> {
    return this.run('remove', () => this.files.remove(path));
  }

  syncDirectory(path: string): Promise<void> {
    return this.run('syncDirectory', () => this.files.syncDirectory(path));
  }

  private timed(file: VolumeFile): VolumeFile {
    return {
      ...this.readable(file),
      // The caller may use its buffer again once it has its answer, but not before.
      write: (bytes, position) => this.run('write', () => file.write(bytes, position)),
      datasync: () => this.run('datasync', () => file.datasync()),
    };
  }

  private readable(file: ReadableFile): ReadableFile {
    return {
      size: () => this.run('size', () => file.size()),
      read: (position, bytes) => this.run('read', () => file.read(position, bytes)),
      close: () => this.run('close', () => file.close()),
    };
  }

  private run<T>(operation: Operation, act: () => Promise<T>): Promise<T> {
    const { life, timeline } = this;
    return new Promise((resolve) => {
      const begin = () => {
        if (!life.isAlive) return;
        timeline.promised();
        const work = act();
        const ended = () =>
          life.enter(() => {
            timeline.promised();
            resolve(work);
          });
        work.then(ended, ended);
      };
      this.turn(operation, begin);
    });
  }
}
