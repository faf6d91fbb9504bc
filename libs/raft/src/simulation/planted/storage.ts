import { readEntry } from '../../codec/entry.js';
import type { LogWrite } from '../../core/effects.js';
import { StorageError } from '../../errors.js';
import { FileLog } from '../../storage/file-log.js';
import type { VolumeFile, VolumeFiles } from '../../storage/files/volume-files.js';
import type { LogStore, StoredState } from '../../storage/log-store.js';
import { FileSnapshots } from '../../storage/snapshots/file-snapshots.js';
import type { VolumeParts } from '../../storage/volume/volume.js';
import { isCode } from '../../storage/storage-fault.js';
import type { Product } from '../product.js';
import { wrappedFiles } from './wrapped-files.js';
import type { Planted } from './planted.js';
import { deathsInWrites } from './weathers.js';

function withFiles(broken: (files: VolumeFiles) => VolumeFiles): Partial<Product> {
  return { log: (parts) => new FileLog({ ...parts, files: broken(parts.files) }) };
}

function withLog(Broken: new (parts: VolumeParts) => LogStore): Partial<Product> {
  return { log: (parts) => new Broken(parts) };
}

/** A write has ended when the system has taken it; the disk will have it some time. */
function neverSyncs(files: VolumeFiles): VolumeFiles {
  return wrappedFiles(files, (file) => ({ ...file, datasync: () => Promise.resolve() }));
}

/** A sync that failed is tried again, and the second one has nothing left to do (ATC 2020, Rebello et al.). */
function syncsOnceMore(files: VolumeFiles): VolumeFiles {
  return wrappedFiles(files, (file) => ({ ...file, datasync: () => syncedAtLast(file) }));
}

async function syncedAtLast(file: VolumeFile): Promise<void> {
  try {
    await file.datasync();
  } catch (error) {
    if (!isCode(error, 'EIO')) throw error;
    await syncedAtLast(file);
  }
}

/** A new file is there without a sync of its directory, as long as nothing happens. */
function forgetsDirectories(files: VolumeFiles): VolumeFiles {
  const wrapped = wrappedFiles(files, (file) => file);
  return { ...wrapped, syncDirectory: () => Promise.resolve() };
}

/** hashicorp/raft#661: term and vote, and then the entries: two writes where one was promised. */
class WritesInTwo extends FileLog {
  override async write(batch: readonly LogWrite[]): Promise<void> {
    const entries = batch.map((write) => ({ ...write, hardState: null, base: null }));
    await super.write(batch.map((write) => ({ ...write, entries: [] })));
    await super.write(entries);
  }
}

/** Whatever cannot be read is taken for a write that a crash cut short, and cut. */
class CutsWhatIsDamaged extends FileLog {
  constructor(private readonly own: VolumeParts) {
    super(own);
  }

  override async open(nodeId: string): Promise<StoredState> {
    for (;;) {
      try {
        return await super.open(nodeId);
      } catch (error) {
        const place = error instanceof StorageError ? damagedAt.exec(error.message) : null;
        if (place?.groups === undefined) throw error;
        await this.cut(place.groups.path ?? '', Number(place.groups.offset));
      }
    }
  }

  private async cut(path: string, from: number): Promise<void> {
    const { files } = this.own;
    const { length } = await files.read(path);
    const file = await files.open(path);
    await file.write(Buffer.alloc(Math.max(0, length - from)), from);
    await file.close();
    const dir = path.slice(0, path.lastIndexOf('/'));
    for (const name of (await files.list(dir)).sort().reverse()) {
      const isLater = `${dir}/${name}` > path.replace('.log', '.z');
      if (isLater && name.endsWith('.log')) {
        await files.rename(`${dir}/${name}`, `${dir}/${name.replace('.log', '.spare')}`);
      }
    }
  }
}

/** Damage of the frames; a header has no place to be cut at. */
const damagedAt =
  /^(?<path>\/volume\/log\/\d+\.log) is damaged at byte (?<offset>\d{4,}|5[1-9]\d|[6-9]\d\d):/;

/** What a crash cut short is read as far as it goes. */
class KeepsTheTornTail extends FileLog {
  constructor(private readonly own: VolumeParts) {
    super(own);
  }

  override async open(nodeId: string): Promise<StoredState> {
    const before = await this.segments();
    const stored = await super.open(nodeId);
    if (stored.cut === undefined) return stored;
    const torn = before.get(stored.cut.file)?.subarray(stored.cut.offset);
    return torn === undefined ? stored : { ...stored, entries: withTorn(stored, torn) };
  }

  private async segments(): Promise<Map<string, Buffer>> {
    const { files } = this.own;
    const segments = new Map<string, Buffer>();
    try {
      for (const name of await files.list('/volume/log')) {
        const path = `/volume/log/${name}`;
        segments.set(path, await files.read(path));
      }
    } catch {
      // There is no log yet, or it cannot be read: then opening it says so.
    }
    return segments;
  }
}

/** The entries that stand in a torn frame, in the order of the log, as far as they can be made out. */
function withTorn({ entries }: StoredState, torn: Buffer): StoredState['entries'] {
  const all = [...entries];
  for (let at = 0; at < torn.length; at++) {
    let found;
    try {
      found = readEntry(torn, at);
    } catch {
      continue;
    }
    if (found.entry.index !== (all.at(-1)?.index ?? 0) + 1) continue;
    if (found.entry.term < (all.at(-1)?.term ?? 0) || found.entry.term === 0) continue;
    all.push(found.entry);
    at = found.end - 1;
  }
  return all;
}

/** Durability and recovery (paper §5, §8). */
export const storageFaults: readonly Planted[] = [
  {
    name: 'acknowledges-before-the-sync',
    what: 'a log store that acknowledges what only the system has',
    product: withFiles(neverSyncs),
    breaks: ['recovery'],
  },
  {
    name: 'syncs-once-more',
    what: 'a sync that failed is tried again, and believed',
    product: withFiles(syncsOnceMore),
    breaks: ['recovery'],
    weather: deathsInWrites,
  },
  {
    name: 'forgets-directories',
    what: 'a new segment whose name is never synced',
    product: withFiles(forgetsDirectories),
    breaks: ['recovery'],
  },
  {
    name: 'writes-in-two',
    what: 'term and vote in one write, entries in the next',
    product: withLog(WritesInTwo),
    breaks: ['recovery'],
    weather: deathsInWrites,
  },
  {
    name: 'compacts-too-soon',
    what: 'the log lets go of entries before the snapshot that stands for them is on the disk',
    product: {
      snapshots: (place) => new FileSnapshots({ ...place, files: neverSyncs(place.files) }),
    },
    breaks: ['recovery'],
  },
  {
    name: 'cuts-what-is-damaged',
    what: 'a replay that cuts the log where a durable frame is damaged',
    product: withLog(CutsWhatIsDamaged),
    breaks: ['recovery'],
  },
  {
    name: 'keeps-the-torn-tail',
    what: 'a replay that keeps what it finds of a torn write',
    product: withLog(KeepsTheTornTail),
    breaks: ['recovery'],
    weather: deathsInWrites,
  },
];
