import type { TimedTrace } from '../history/node-history.js';
import { Series } from '../history/series.js';
import { afterWrite, type Run } from './runs.js';

/** Writes between two notes of the whole log. */
const writesBetweenNotes = 128;

/**
 * A node's log at any time, out of the writes that its trace tells. Every now and then the whole log
 * is noted, so that a look at the past goes over few writes.
 */
export class LogHistory {
  readonly #notes = new Series<{ readonly t: number; readonly runs: readonly Run[] }>(4_000);
  #runs: readonly Run[] | null = null;
  /** Records read, those counted that the trace has let go. */
  #read = 0;
  #writtenAt = -Infinity;
  #writes = 0;

  constructor(readonly trace: Series<TimedTrace>) {}

  /** Null before anything is known of it. */
  at(t: number): readonly Run[] | null {
    this.#catchUp();
    if (t >= this.#writtenAt) return this.#runs;
    const note = this.#notes.at(t);
    const records = this.trace.between(note?.t ?? -Infinity, t);
    return records.reduce<readonly Run[] | null>(after, note?.runs ?? null);
  }

  #catchUp(): void {
    const records = this.trace.all();
    const from = Math.max(this.#read, this.trace.dropped) - this.trace.dropped;
    for (let at = from; at < records.length; at++) {
      const record = records[at];
      if (record?.record.kind === 'log') this.#write(record);
    }
    this.#read = this.trace.dropped + records.length;
  }

  #write(record: TimedTrace): void {
    // A note stands for all up to its time, so it waits until that time is over.
    if (this.#runs && this.#writes >= writesBetweenNotes && record.t > this.#writtenAt) {
      this.#notes.push({ t: this.#writtenAt, runs: this.#runs });
      this.#writes = 0;
    }
    this.#runs = after(this.#runs, record);
    this.#writtenAt = record.t;
    this.#writes += 1;
  }
}

function after(runs: readonly Run[] | null, { record }: TimedTrace): readonly Run[] | null {
  if (record.kind !== 'log') return runs;
  return record.whole ? record.runs : afterWrite(runs ?? [], record.runs);
}
