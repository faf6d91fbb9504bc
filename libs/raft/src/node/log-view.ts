import { type Configuration, decodeConfiguration } from '../core/configuration.js';
import type { Entry, EntryType, LogIndex, Term } from '../core/entry.js';
import type { RaftLog } from '../core/log.js';
import { decodeSessionEntry } from './sessions/session-entry.js';
import { must } from './settings.js';

/** An entry of the log, to look at. Its bytes are the log's own: do not change them. */
export interface LoggedEntry {
  readonly index: LogIndex;
  readonly term: Term;
  readonly type: EntryType;
  readonly bytes: number;
  /** What it holds for the state machine: by itself, or in a session or under a key. */
  readonly command: Uint8Array | null;
  readonly configuration: Configuration | null;
}

/** Entries of one term that stand one behind the other. */
export type LogRun = readonly [from: LogIndex, to: LogIndex, term: Term];

const maxEntries = 1000;
const maxRuns = 1000;

/** This node's own log, committed or not, to look at. */
export class LogView {
  constructor(private readonly log: Pick<RaftLog, 'base' | 'lastIndex' | 'termAt' | 'between'>) {}

  /**
   * The entries from `from` on, or from the first that the log still holds, and at most `limit` of them.
   * @param limit 1 to 1000
   * @throws RaftError `invalid-argument`
   */
  entries(from: LogIndex, limit = 100): readonly LoggedEntry[] {
    must(Number.isSafeInteger(from) && from >= 0, 'from', 'an index of the log');
    must(isCount(limit, maxEntries), 'limit', `a whole number from 1 to ${maxEntries}`);
    const start = Math.max(from, this.log.base.index + 1);
    return this.log.between(start, start + limit - 1).map(asSeen);
  }

  /**
   * Which terms the log is made of: its latest runs, the oldest of them first.
   * @param limit 1 to 1000
   * @throws RaftError `invalid-argument`
   */
  runs(limit = 64): readonly LogRun[] {
    must(isCount(limit, maxRuns), 'limit', `a whole number from 1 to ${maxRuns}`);
    const runs: LogRun[] = [];
    let to = this.log.lastIndex;
    while (to > this.log.base.index && runs.length < limit) {
      const term = this.log.termAt(to) ?? 0;
      const from = this.startOf(term, to);
      runs.unshift([from, to, term]);
      to = from - 1;
    }
    return runs;
  }

  /** The first entry of this term, which `to` is of. Terms never fall along a log (paper §5.3). */
  private startOf(term: Term, to: LogIndex): LogIndex {
    let [low, high] = [this.log.base.index + 1, to];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.log.termAt(middle) ?? 0) < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function asSeen({ index, term, type, data }: Entry): LoggedEntry {
  return {
    index,
    term,
    type,
    bytes: data.length,
    command: commandOf(type, data),
    configuration: type === 'configuration' ? decodeConfiguration(data) : null,
  };
}

function commandOf(type: EntryType, data: Uint8Array): Uint8Array | null {
  if (type === 'command') return data;
  if (type !== 'session') return null;
  const held = decodeSessionEntry(data);
  return held?.type === 'command' || held?.type === 'keyed' ? held.data : null;
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
