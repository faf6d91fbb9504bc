import { join } from 'node:path';
import { encodeConfiguration } from '../../core/configuration.js';
import type { Member } from '../../core/configuration.js';
import { replaceFile } from '../files/replace-file.js';
import type { VolumeFiles } from '../files/volume-files.js';
import { attempt, isCode } from '../storage-fault.js';
import type { RecoveryPlan } from './plan.js';

/** What stays of a recovery. */
export interface RecoveryRecord extends RecoveryPlan {
  /** When, ISO 8601. */
  readonly at: string;
  readonly reason: string;
  readonly nodeId: string;
  readonly newClusterId: string;
}

/** `recoveries.jsonl` in the volume: a line for each recovery that was begun, the last one last. */
export function recordPath(dir: string): string {
  return join(dir, 'recoveries.jsonl');
}

/** Durable when it resolves. */
export async function appendRecord(
  files: VolumeFiles,
  dir: string,
  record: RecoveryRecord,
): Promise<void> {
  const path = recordPath(dir);
  const line = Buffer.from(`${JSON.stringify(record)}\n`);
  const append = async () => {
    await replaceFile(files, path, Buffer.concat([await earlier(files, path), line]));
  };
  await attempt(`cannot write ${path}`, append());
}

/** The configuration that a recovery puts into the log. The note goes on into all that follow. */
export function encodeRecovered(
  member: Member,
  { at, reason, clusterId }: RecoveryRecord,
): Uint8Array {
  const recovery = { at, reason, from: clusterId };
  const configuration = { members: [member], outgoing: null, recovery };
  return encodeConfiguration(configuration);
}

async function earlier(files: VolumeFiles, path: string): Promise<Buffer> {
  try {
    return await files.read(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return Buffer.alloc(0);
    throw error;
  }
}
