import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A process, told apart from a later one with the same pid by the time it started. */
export const ProcessIdentity = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks since boot; null where there is no /proc to ask. */
  startTime: z.string().nullable(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

export function identify(pid: number): ProcessIdentity {
  return { pid, startTime: startTimeOf(pid) };
}

/** False when in doubt: nothing is ended that may be somebody else's. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return startTime !== null && startTimeOf(pid) === startTime;
}

export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Null when no such process runs; a zombie no longer does. */
function startTimeOf(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The second field is the command's name, which may itself hold spaces and brackets.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? null : (rest[18] ?? null);
}
