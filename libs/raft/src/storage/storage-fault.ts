import { StorageError } from '../errors.js';

export const afterDamage =
  'Nothing was changed. Keep a copy to look into, empty the volume, and join the node to its ' +
  'cluster again.';

/** Whether `error` is the system's error of this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** A system's error as a StorageError that begins with what was tried. */
export function storageFault(tried: string, cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const full = isCode(cause, 'ENOSPC') || isCode(cause, 'EDQUOT');
  return full
    ? new StorageError('full', `${tried}: ${reason}. Free some space: no restart is needed.`, cause)
    : new StorageError('failed', `${tried}: ${reason}`, cause);
}

/** What `work` gives. @throws StorageError that begins with what was tried */
export async function attempt<T>(tried: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storageFault(tried, error);
  }
}

/**
 * Durable bytes are not what was written. A node must not go on from there: it may have forgotten a
 * vote or an entry that it acknowledged.
 */
export function corrupt(
  file: string,
  offset: number,
  found: string,
  advice = afterDamage,
): StorageError {
  return new StorageError('corrupt', `${file} is damaged at byte ${offset}: ${found}. ${advice}`);
}

/** A durable file is gone. */
export function missing(file: string, evidence: string): StorageError {
  return new StorageError('corrupt', `${file} is missing: ${evidence}. ${afterDamage}`);
}
