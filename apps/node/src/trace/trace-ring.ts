import type { TraceRecord } from '@quorate/contract';

const CAPACITY = 8192;

/** What came behind a reader's place. */
export interface LaterRecords {
  readonly records: TraceRecord[];
  /** How many of them are not kept any more. */
  readonly dropped: number;
  /** The place behind these. */
  readonly seq: number;
}

/** The latest records of a trace, for readers at their own pace. */
export class TraceRing {
  readonly #records: TraceRecord[] = [];
  #last = 0;

  constructor(private readonly capacity = CAPACITY) {}

  /** How many there have been. */
  get lastSeq(): number {
    return this.#last;
  }

  push(record: TraceRecord): void {
    this.#last += 1;
    this.#records[this.#last % this.capacity] = record;
  }

  /** Those behind the place `seq`, at most `limit` of them. */
  after(seq: number, limit: number): LaterRecords {
    const from = Math.max(seq, this.#last - this.capacity);
    const to = Math.min(this.#last, from + limit);
    const records: TraceRecord[] = [];
    for (let next = from + 1; next <= to; next++) {
      const record = this.#records[next % this.capacity];
      if (record !== undefined) records.push(record);
    }
    return { records, dropped: from - seq, seq: to };
  }

  /** Nobody reads: what is kept is of no use to those who come later. */
  clear(): void {
    this.#records.length = 0;
  }
}
