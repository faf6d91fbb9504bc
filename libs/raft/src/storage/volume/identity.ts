import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { StorageError } from '../../errors.js';
import type { VolumeIdentity } from '../log-store.js';
import { attempt, corrupt, isCode, storageFault } from '../storage-fault.js';
import { removeIfThere } from '../files/leftovers.js';
import { replaceFile, unfinishedPath } from '../files/replace-file.js';
import type { VolumeFiles } from '../files/volume-files.js';

/**
 * `identity.json`: whose volume this is. Replaced as a whole, by rename, so it is the old one or the
 * new one and never a part. The last file made in a new volume: without it, there is no volume yet.
 */
export function identityPath(dir: string): string {
  return join(dir, 'identity.json');
}

/** null when the volume is new. @throws StorageError `corrupt` */
export async function readIdentity(
  files: VolumeFiles,
  dir: string,
): Promise<VolumeIdentity | null> {
  const path = identityPath(dir);
  let bytes: Buffer;
  try {
    bytes = await files.read(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw storageFault(`cannot read ${path}`, error);
  }
  const identity = parse(bytes.toString());
  if (identity === null) throw corrupt(path, 0, 'it is not the identity that was written');
  return identity;
}

/** Durable when it resolves. */
export async function writeIdentity(
  files: VolumeFiles,
  dir: string,
  identity: VolumeIdentity,
): Promise<void> {
  const path = identityPath(dir);
  await attempt(`cannot write ${path}`, replaceFile(files, path, Buffer.from(format(identity))));
}

/** Removes what a crash left of a write. */
export async function removeUnfinishedIdentity(files: VolumeFiles, dir: string): Promise<void> {
  await removeIfThere(files, unfinishedPath(identityPath(dir)));
}

/** @throws StorageError `foreign` when the volume is another node's. */
export function checkOwner(identity: VolumeIdentity, nodeId: string, place: string): void {
  if (identity.nodeId === nodeId) return;
  throw new StorageError(
    'foreign',
    `${place} belongs to node ${identity.nodeId}, this is node ${nodeId}. ` +
      'Give each node a directory of its own.',
  );
}

/** The identity as a member of the cluster. @throws StorageError `foreign` when it is another's. */
export function adopted(
  identity: VolumeIdentity,
  clusterId: string,
  place: string,
): VolumeIdentity {
  if (identity.clusterId !== null && identity.clusterId !== clusterId) {
    throw new StorageError(
      'foreign',
      `${place} belongs to cluster ${identity.clusterId} and cannot join cluster ${clusterId}. ` +
        'A node changes its cluster with an empty volume only.',
    );
  }
  return { ...identity, clusterId };
}

function format({ nodeId, incarnation, clusterId }: VolumeIdentity): string {
  const identity = { nodeId, incarnation, clusterId };
  const checksum = crc32(JSON.stringify(identity));
  return `${JSON.stringify({ ...identity, checksum }, null, 2)}\n`;
}

/** Only the very text that `format` makes is an identity: this finds every changed byte. */
function parse(text: string): VolumeIdentity | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isIdentity(value)) return null;
  const { nodeId, incarnation, clusterId } = value;
  const identity = { nodeId, incarnation, clusterId };
  return format(identity) === text ? identity : null;
}

function isIdentity(value: unknown): value is VolumeIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'nodeId' in value &&
    typeof value.nodeId === 'string' &&
    'incarnation' in value &&
    typeof value.incarnation === 'string' &&
    'clusterId' in value &&
    (value.clusterId === null || typeof value.clusterId === 'string')
  );
}
