import { join } from 'node:path';
import {
  checkOwner,
  identityPath,
  readIdentity,
  removeUnfinishedIdentity,
  writeIdentity,
} from './identity.js';
import type { VolumeLock } from './lock.js';
import { LogImage } from '../log-image.js';
import type { StoredState, TornWrite, VolumeIdentity } from '../log-store.js';
import { replay } from '../segments/replay.js';
import { endOfContent } from '../segments/sectors.js';
import { SegmentList } from '../segments/segment-list.js';
import { SegmentWriter } from '../segments/segment-writer.js';
import type { SegmentPlace } from '../segments/segment-writer.js';
import { headerBytes, volumeMark } from '../segments/segment.js';
import { upgradeHeaders } from '../segments/upgrade.js';
import { isCode, missing } from '../storage-fault.js';
import type { VolumeFiles } from '../files/volume-files.js';

/**
 * A volume is a directory of
 *   identity.json   whose it is; made last, so a volume without it is new
 *   lock            which process has it open
 *   log/            the segments (segment.ts)
 */
export interface VolumeParts {
  readonly dir: string;
  readonly files: VolumeFiles;
  /** Size of a new segment. */
  readonly segmentBytes: number;
  /** Names a new volume. */
  readonly newIncarnation: () => string;
  /** Takes the volume for this process. @throws StorageError `in-use` */
  readonly lock: (files: VolumeFiles, dir: string) => Promise<VolumeLock>;
}

export interface Volume {
  readonly identity: VolumeIdentity;
  readonly image: LogImage;
  readonly writer: SegmentWriter;
  readonly cut: TornWrite | null;
  /** The segment that stood before the first one; null when that is the log's very first. */
  readonly droppedSegment: string | null;
}

/** What a node starts from. */
export function stateOf({ identity, image, cut, droppedSegment }: Volume): StoredState {
  const { hardState, base, commitIndex, entries } = image;
  return {
    identity,
    hardState,
    base,
    commitIndex,
    entries,
    ...(droppedSegment === null ? {} : { droppedFile: droppedSegment }),
    ...(cut === null ? {} : { cut }),
  };
}

/** Makes the volume or recovers it. When it resolves, all that it tells is durable. */
export async function openVolume(parts: VolumeParts, nodeId: string): Promise<Volume> {
  const identity = await readIdentity(parts.files, parts.dir);
  if (identity === null) return makeVolume(parts, nodeId);
  checkOwner(identity, nodeId, `volume ${parts.dir}`);
  return reopenVolume(parts, identity);
}

async function makeVolume(parts: VolumeParts, nodeId: string): Promise<Volume> {
  const { dir, files, newIncarnation } = parts;
  await files.makeDirectory(logPath(dir));
  await clearUnfinished(parts);
  const identity: VolumeIdentity = { nodeId, incarnation: newIncarnation(), clusterId: null };
  const writer = await SegmentWriter.begin(segmentPlace(parts, identity));
  try {
    await writeIdentity(files, dir, identity);
  } catch (error) {
    // Closing may fail too; the first failure is the one to tell.
    await writer.close().catch(() => undefined);
    throw error;
  }
  return { identity, image: new LogImage(), writer, cut: null, droppedSegment: null };
}

/** Clears what a crash left of a volume in the making, and refuses one that was in use. */
async function clearUnfinished({ dir, files }: VolumeParts): Promise<void> {
  const list = await listSegments(files, dir);
  const first = list.path(1, 'log');
  const used =
    list.last > 1 ||
    (list.last === 1 && endOfContent(await files.read(first), headerBytes) > headerBytes);
  if (used) throw missing(identityPath(dir), `${logPath(dir)} holds a log`);
  await list.removeAll(files);
}

async function reopenVolume(parts: VolumeParts, identity: VolumeIdentity): Promise<Volume> {
  const { dir, files } = parts;
  const place = segmentPlace(parts, identity);
  const list = await listSegments(files, dir);
  list.checkComplete();
  const replayed = await replay(files, list, place.mark);
  // These names may be in the system's cache alone. And a leftover may stand in for a name that is,
  // so it goes when they are durable and not before.
  await files.syncDirectory(dir);
  await files.syncDirectory(place.dir);
  await list.removeLeftovers(files);
  await removeUnfinishedIdentity(files, dir);
  await upgradeHeaders(files, list, replayed.headers);
  const writer = await SegmentWriter.resume(place, replayed);
  const { image, end } = replayed;
  const file = list.path(end.segment, 'log');
  const { position: offset, tornEnd } = end;
  const cut = tornEnd === null ? null : { file, offset, bytes: tornEnd - offset };
  const droppedSegment = list.first === 1 ? null : list.path(list.first - 1, 'log');
  return { identity, image, writer, cut, droppedSegment };
}

function logPath(dir: string): string {
  return join(dir, 'log');
}

function segmentPlace(parts: VolumeParts, { incarnation }: VolumeIdentity): SegmentPlace {
  const { dir, files, segmentBytes } = parts;
  return { files, dir: logPath(dir), mark: volumeMark(incarnation), segmentBytes };
}

async function listSegments(files: VolumeFiles, dir: string): Promise<SegmentList> {
  const log = logPath(dir);
  try {
    return new SegmentList(log, await files.list(log));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return new SegmentList(log, []);
    throw error;
  }
}
