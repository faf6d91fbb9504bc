import { StorageError } from '../errors.js';

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

/**
 * Durable bytes are not what was written. A node must not go on from there: it may have forgotten a
 * vote or an entry that it acknowledged.
 */
export function corrupt(file: string, offset: number, found: string): StorageError {
  return new StorageError(
    'corrupt',
    `${file} is damaged at byte ${offset}: ${found}. ${afterDamage}`,
  );
}

/** A durable file is gone. */
export function missing(file: string, evidence: string): StorageError {
  return new StorageError('corrupt', `${file} is missing: ${evidence}. ${afterDamage}`);
}

const afterDamage =
  'Nothing was changed. Keep a copy to look into, empty the volume, and join the node to its ' +
  'cluster again.';
