import { basename, dirname, join } from 'node:path';
import { sectorBytes } from '../segments/sectors.js';
import { FaultyDirectory } from './faulty-directory.js';
import { FaultyNode } from './faulty-node.js';
import { synced } from './synced.js';
import type { ReadableFile, VolumeFile, VolumeFiles } from './volume-files.js';

export interface FileOperation {
  readonly kind: keyof VolumeFiles | keyof VolumeFile;
  readonly path: string;
  /** Whether it takes space on the disk. */
  readonly grows: boolean;
}

/** `crash`: the process dies in the middle of the operation. Else it fails with this code. */
export type Fault = 'crash' | 'ENOSPC' | 'EIO';

export interface FaultyFilesOptions {
  /** From [0, 1). Decides what crashes and failures leave behind. */
  readonly random: () => number;
  /** Asked at each operation. */
  readonly fault?: (operation: FileOperation) => Fault | null;
}

/**
 * A file system in memory that keeps apart what is synced and what is not, so that a test or a
 * simulation can crash or fail it at any operation. It is as unkind as POSIX allows: unsynced sectors
 * and names survive a power loss each for itself, and a failed sync forgets what it failed on.
 */
export class FaultyFiles implements VolumeFiles {
  private readonly options: FaultyFilesOptions;
  private readonly directories: Map<string, FaultyDirectory>;
  private crashed = false;

  constructor(options: FaultyFilesOptions, directories = new Map<string, FaultyDirectory>()) {
    this.options = options;
    this.directories = directories;
  }

  /** The same disk under a new process, after the old one was killed or all lost power. */
  restart(after: 'kill' | 'power-loss', options: FaultyFilesOptions): FaultyFiles {
    this.crashed = true;
    const { random } = this.options;
    const survivors = new Map<FaultyNode, FaultyNode>();
    const survivor = (node: FaultyNode): FaultyNode => {
      const left = survivors.get(node) ?? node.after(after, random);
      survivors.set(node, left);
      return left;
    };
    const directories = new Map<string, FaultyDirectory>();
    for (const [path, directory] of this.directories) {
      const left =
        after === 'kill'
          ? directory.afterKill(survivor)
          : directory.afterPowerLoss(survivor, random);
      directories.set(path, left);
    }
    return new FaultyFiles(options, directories);
  }

  /** Every file, as far as the system shows it. */
  get paths(): string[] {
    return [...this.directories].flatMap(([path, { names }]) =>
      names.map((name) => join(path, name)),
    );
  }

  /** The node behind a path, for tests that look at it or damage it. */
  node(path: string): FaultyNode {
    const node = this.directories.get(dirname(path))?.get(basename(path));
    if (node === undefined) throw systemError('ENOENT', `no such file: ${path}`);
    return node;
  }

  create(path: string): Promise<VolumeFile> {
    const node = new FaultyNode();
    const act = () => this.change(dirname(path), null, { name: basename(path), node });
    return this.run({ kind: 'create', path, grows: true }, act, this.maybe(act)).then(() =>
      this.file(path, node),
    );
  }

  open(path: string): Promise<VolumeFile> {
    return this.run({ kind: 'open', path, grows: false }, () => this.file(path, this.node(path)));
  }

  async openSynced(path: string): Promise<VolumeFile> {
    return synced(await this.open(path));
  }

  openToRead(path: string): Promise<ReadableFile> {
    const act = () => this.file(path, this.node(path));
    return this.run({ kind: 'openToRead', path, grows: false }, act);
  }

  claim(path: string, content: Uint8Array): Promise<void> {
    const act = () => {
      if (this.directory(dirname(path)).get(basename(path)) !== undefined) {
        throw systemError('EEXIST', `file exists: ${path}`);
      }
      const node = new FaultyNode();
      node.write(content, 0);
      this.change(dirname(path), null, { name: basename(path), node });
    };
    return this.run({ kind: 'claim', path, grows: true }, act);
  }

  read(path: string): Promise<Buffer> {
    return this.run({ kind: 'read', path, grows: false }, () => this.node(path).content);
  }

  list(path: string): Promise<string[]> {
    return this.run({ kind: 'list', path, grows: false }, () => this.directory(path).names);
  }

  makeDirectory(path: string): Promise<void> {
    return this.run({ kind: 'makeDirectory', path, grows: true }, () => {
      if (!this.directories.has(path)) this.directories.set(path, new FaultyDirectory());
    });
  }

  rename(from: string, to: string): Promise<void> {
    const act = () => {
      const node = this.node(from);
      this.change(dirname(from), basename(from), { name: basename(to), node });
    };
    return this.run({ kind: 'rename', path: to, grows: false }, act, this.maybe(act));
  }

  remove(path: string): Promise<void> {
    const act = () => {
      this.node(path);
      this.change(dirname(path), basename(path), null);
    };
    return this.run({ kind: 'remove', path, grows: false }, act, this.maybe(act));
  }

  syncDirectory(path: string): Promise<void> {
    const act = () => this.directory(path).sync();
    return this.run({ kind: 'syncDirectory', path, grows: false }, act, this.maybe(act));
  }

  private file(path: string, node: FaultyNode): VolumeFile {
    const { random } = this.options;
    let closed = false;
    const whileOpen =
      <T>(act: () => T) =>
      () => {
        if (closed) throw systemError('EBADF', `closed: ${path}`);
        return act();
      };
    const look = <T>(kind: 'size' | 'read', act: () => T) =>
      this.run({ kind, path, grows: false }, whileOpen(act));
    return {
      size: () => look('size', () => node.size),
      read: (position, bytes) => look('read', () => node.read(position, bytes)),
      write: (bytes, position) => {
        const grows = position + bytes.length > node.size;
        const act = whileOpen(() => node.write(bytes, position));
        const part = () => node.write(firstSectors(bytes, position, random), position);
        return this.run({ kind: 'write', path, grows }, act, part);
      },
      datasync: () => {
        const act = whileOpen(() => node.sync());
        return this.run({ kind: 'datasync', path, grows: false }, act, () => node.failSync(random));
      },
      close: () => {
        closed = true;
        return this.run({ kind: 'close', path, grows: false }, () => undefined);
      },
    };
  }

  /** Does the operation; where a fault strikes, `part` of it. */
  private async run<T>(
    operation: FileOperation,
    act: () => T,
    part: () => void = () => undefined,
  ): Promise<T> {
    await Promise.resolve();
    if (this.crashed) throw systemError('EIO', 'the process has crashed');
    const fault = this.options.fault?.(operation) ?? null;
    if (fault === null) return act();
    part();
    this.crashed = fault === 'crash';
    const code = fault === 'crash' ? 'EIO' : fault;
    throw systemError(code, `${fault}: ${operation.kind} ${operation.path}`);
  }

  private maybe(act: () => void): () => void {
    return () => {
      if (this.options.random() >= 0.5) act();
    };
  }

  private change(
    directory: string,
    take: string | null,
    give: { name: string; node: FaultyNode } | null,
  ): void {
    this.directory(directory).change({ take, give });
  }

  private directory(path: string): FaultyDirectory {
    const directory = this.directories.get(path);
    if (directory === undefined) throw systemError('ENOENT', `no such directory: ${path}`);
    return directory;
  }
}

/** None, some or all of a write: what a kill or a full disk lets through. */
function firstSectors(bytes: Uint8Array, position: number, random: () => number): Uint8Array {
  const sectors = Math.floor(random() * (bytes.length / sectorBytes + 2));
  const end = (Math.floor(position / sectorBytes) + sectors) * sectorBytes;
  return bytes.subarray(0, Math.max(0, end - position));
}

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
