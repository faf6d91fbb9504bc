import type { LogWrite } from '../core/effects.js';
import type { Entry, EntryType } from '../core/entry.js';

/** A write of what is given, and of nothing else. */
export function logWrite(parts: Partial<LogWrite>): LogWrite {
  return { id: 1, hardState: null, base: null, commit: 0, entries: [], ...parts };
}

export function entryOf(
  index: number,
  term: number,
  data: string,
  type: EntryType = 'command',
): Entry {
  return { index, term, type, data: Buffer.from(data) };
}
