import { readFileSync } from 'node:fs';
import { isCode } from '../storage-fault.js';

/** A process, told apart from a later one that got the same pid. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, in the system's own unit; null where the system does not tell. */
  readonly startedAt: string | null;
}

export function thisProcess(): ProcessMark {
  const self = readStat(process.pid);
  return { pid: process.pid, startedAt: self?.startedAt ?? null };
}

export function isRunning({ pid, startedAt }: ProcessMark): boolean {
  if (!exists(pid)) return false;
  const stat = readStat(pid);
  if (stat === null) return true;
  // A zombie has let go of its files already.
  if (stat.state === 'Z' || stat.state === 'X') return false;
  return startedAt === null || startedAt === stat.startedAt;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but is there.
    return isCode(error, 'EPERM');
  }
}

/** From /proc (proc(5): fields 3 and 22 of stat, behind the name in brackets); null where there is none. */
function readStat(pid: number): { state: string; startedAt: string } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  return state === undefined || startedAt === undefined ? null : { state, startedAt };
}
