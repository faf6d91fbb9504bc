import type { TraceBatch, TraceRecord } from '@quorate/contract';
import type { LaterRecords } from './trace-ring.js';

export interface TraceReaderPorts {
  readonly run: string;
  /** What it gets first. */
  readonly start: TraceRecord[];
  /** Behind this place it reads on. */
  readonly seq: number;
  later(seq: number, limit: number): LaterRecords;
  closed(): void;
}

/** One who reads the trace, and how far it has come. */
export class TraceReader {
  #start: TraceRecord[];
  #seq: number;

  constructor(private readonly ports: TraceReaderPorts) {
    this.#start = ports.start;
    this.#seq = ports.seq;
  }

  /** What has come since, `limit` records or a few more; null when nothing has. */
  next(limit: number): TraceBatch | null {
    const { records, dropped, seq } = this.ports.later(this.#seq, limit);
    this.#seq = seq;
    const all = [...this.#start, ...records];
    this.#start = [];
    return all.length === 0 && dropped === 0
      ? null
      : { run: this.ports.run, dropped, records: all };
  }

  close(): void {
    this.ports.closed();
  }
}
