import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Member } from '../../core/configuration.js';
import type { LogWrite } from '../../core/effects.js';
import type { NodeId } from '../../core/entry.js';
import { StorageError } from '../../errors.js';
import { logParts } from '../file-log.js';
import { diskFiles } from '../files/disk-files.js';
import type { VolumeFiles } from '../files/volume-files.js';
import { reconcile } from '../reconcile.js';
import type { SnapshotStore } from '../snapshot-store.js';
import { attempt } from '../storage-fault.js';
import { readIdentity, writeIdentity } from '../volume/identity.js';
import { lockVolume } from '../volume/lock.js';
import { openVolume, stateOf } from '../volume/volume.js';
import type { Volume } from '../volume/volume.js';
import { planOf } from './plan.js';
import type { RecoveryPlan } from './plan.js';
import { appendRecord, encodeRecovered } from './record.js';
import type { RecoveryRecord } from './record.js';

/** Which node is to be recovered. It must not run. */
export interface RecoveryOptions {
  /** The volume's directory, as it was given to `fileLog`. */
  readonly dir: string;
  /** The node's snapshot store, if it has one: closed, as the node is. */
  readonly snapshots?: SnapshotStore;
  readonly id: NodeId;
}

/** What the node is to be after its recovery. */
export interface RecoverOptions extends RecoveryOptions {
  /** Where the node will be reached, `host:port`. */
  readonly address: string;
  /** Why, in words: it stays in the record. */
  readonly reason: string;
  /** What the application tells about the node. Default what stands in its last configuration. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Tells what `recoverVolume` would go by. Does to the volume what any start of its node does, no more.
 * @throws StorageError as `recoverVolume`
 */
export function planRecovery(options: RecoveryOptions): Promise<RecoveryPlan> {
  return withVolume(diskFiles, options, ({ plan }) => Promise.resolve(plan));
}

/**
 * Makes a cluster of one out of a node whose cluster has lost its majority for good. Only when that is
 * certain: should the others live on, they and this node go separate ways from here.
 *
 * - Everything in this node's log comes into force: entries that the lost leader never committed too.
 *   What the cluster had committed and this node never received is lost. So take the node whose
 *   plan has the last entry of the highest term, and of these the highest index (paper §5.4.1).
 * - The node gets a new cluster id, so members of the old cluster are refused. They come back as blank
 *   nodes do: emptied, and joined.
 * - It leaves a record, `recoveries.jsonl` in the volume, and a note in the configuration entry.
 *
 * A recovery that was cut off has done no harm: the node has no majority until it is done again.
 * @throws StorageError `in-use` while the node runs, `foreign` for another node's volume, `corrupt`,
 *   `full`, and `failed`, also when there is nothing to recover
 */
export function recoverVolume(options: RecoverOptions): Promise<RecoveryRecord> {
  return recoverOn(diskFiles, options, { at: new Date().toISOString(), clusterId: randomUUID() });
}

/** `recoverVolume` on any file system, at this time, for a cluster of this name. */
export async function recoverOn(
  files: VolumeFiles,
  options: RecoverOptions,
  { at, clusterId }: { readonly at: string; readonly clusterId: string },
): Promise<RecoveryRecord> {
  const { id, reason } = options;
  if (reason.trim() === '') throw new StorageError('failed', `say why ${id} is to be recovered`);
  return withVolume(files, options, async ({ dir, volume, plan, write }) => {
    const record: RecoveryRecord = { ...plan, at, reason, nodeId: id, newClusterId: clusterId };
    await appendRecord(files, dir, record);
    // Before the log makes it a majority of its own: under the old name it could elect itself among
    // members that live on.
    await writeIdentity(files, dir, { ...volume.identity, clusterId });
    const rewritten = recovered(record, memberOf(options, volume, plan));
    await volume.writer.append(write === null ? [rewritten] : [write, rewritten]);
    return record;
  });
}

interface Found {
  readonly dir: string;
  readonly volume: Volume;
  readonly plan: RecoveryPlan;
  /** What makes the log fit the snapshot. */
  readonly write: LogWrite | null;
}

async function withVolume<T>(
  files: VolumeFiles,
  options: RecoveryOptions,
  act: (found: Found) => Promise<T>,
): Promise<T> {
  const { id, snapshots } = options;
  const dir = resolve(options.dir);
  const identity = await readIdentity(files, dir);
  if (identity === null) throw new StorageError('failed', `${dir} holds no volume to recover`);
  const lock = await attempt(`cannot lock volume ${dir}`, lockVolume(files, dir));
  try {
    const volume = await attempt(`cannot open volume ${dir}`, openVolume(logParts(dir, files), id));
    try {
      const snapshot = (await snapshots?.open(volume.identity)) ?? null;
      await snapshots?.close();
      const { stored, write } = reconcile(stateOf(volume), snapshot);
      return await act({ dir, volume, plan: planOf(stored, snapshot), write });
    } finally {
      // What was done is durable or was told. The lock of a process that has ended is taken over.
      await volume.writer.close().catch(() => undefined);
    }
  } finally {
    await lock.release().catch(() => undefined);
  }
}

function memberOf(
  { id, address, attributes }: RecoverOptions,
  { identity }: Volume,
  plan: RecoveryPlan,
): Member {
  return {
    id,
    address,
    incarnation: identity.incarnation,
    role: 'voter',
    promote: false,
    attributes: attributes ?? plan.members.find((member) => member.id === id)?.attributes ?? {},
  };
}

/** As if this node had been elected in the next term and its first entry said that it is alone. */
function recovered(record: RecoveryRecord, member: Member): LogWrite {
  const term = record.term + 1;
  const data = encodeRecovered(member, record);
  return {
    id: 0,
    hardState: { term, votedFor: member.id },
    base: null,
    commit: record.commitIndex,
    entries: [{ index: record.last.index + 1, term, type: 'configuration', data }],
  };
}
