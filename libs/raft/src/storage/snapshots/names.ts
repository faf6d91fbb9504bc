import type { LogBase } from '../../core/snapshot.js';

/** Names a snapshot's very bytes, by their checksum. */
export function snapshotId({ index, term }: LogBase, checksum: number): string {
  return `${index}-${term}-${checksum.toString(16).padStart(8, '0')}`;
}

/** null for what is no id: it came from another node, and is to stand in a file name. */
export function parseSnapshotId(id: string): LogBase | null {
  const match = /^(\d{1,15})-(\d{1,15})-[0-9a-f]{8}$/.exec(id);
  return match === null ? null : { index: Number(match[1]), term: Number(match[2]) };
}

/** What a directory of snapshots holds: whole ones, and one from another node that is on its way. */
export type SnapshotFileKind = 'snapshot' | 'partial';

export function snapshotFileName(id: string, kind: SnapshotFileKind): string {
  return `${id}.${kind}`;
}

/** The ids of the files of this kind among these names, the newest first. */
export function snapshotsAmong(names: readonly string[], kind: SnapshotFileKind): string[] {
  const ends = `.${kind}`;
  return names
    .filter((name) => name.endsWith(ends))
    .map((name) => name.slice(0, -ends.length))
    .filter((id) => parseSnapshotId(id) !== null)
    .sort(newestFirst);
}

export function newestFirst(a: string, b: string): number {
  return indexOf(b) - indexOf(a) || (a < b ? 1 : -1);
}

/** The index of an id that was checked. */
export function indexOf(id: string): number {
  return parseSnapshotId(id)?.index ?? 0;
}
