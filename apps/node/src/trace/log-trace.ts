import type { TraceRecord } from '@quorate/contract';
import type { LogWrite, Marks } from '@quorate/raft';
import { Pace } from './pace.js';

type Run = [from: number, to: number, term: number];

/** What changes faster than this is told together. */
const TOGETHER_MS = 2;
/** While little happens, each change is told when it happens. */
const CHANGES_PER_SECOND = 200;
const BURST = 50;
const MAX_RUNS = 64;

/** Tells what is written to the log and how far the node is: each change, or some together. */
export class LogTrace {
  readonly #pace = new Pace(CHANGES_PER_SECOND, BURST);
  #runs: Run[] = [];
  #whole = false;
  #marks: Marks | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly tell: (record: TraceRecord) => void) {}

  wrote({ base, entries }: LogWrite): void {
    if (base !== null) {
      this.#runs = [];
      this.#whole = true;
    }
    for (const { index, term } of entries) this.#add(index, term);
    if (this.#runs.length > MAX_RUNS) this.settle();
  }

  moved(marks: Marks): void {
    this.#marks = marks;
    if (this.#pace.take(performance.now())) this.settle();
    else this.#timer ??= setTimeout(() => this.settle(), TOGETHER_MS);
  }

  /** Tells what has not been told. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const at = performance.now();
    if (this.#whole || this.#runs.length > 0) {
      this.tell({ kind: 'log', at, whole: this.#whole, runs: this.#runs });
      this.#runs = [];
      this.#whole = false;
    }
    if (this.#marks === null) return;
    const { last, durable, commit, applied } = this.#marks;
    this.tell({ kind: 'mark', at, last, durable, commit, applied });
    this.#marks = null;
  }

  /** An entry stands in place of whatever stood there and behind it. */
  #add(index: number, term: number): void {
    let last = this.#runs.at(-1);
    while (last !== undefined && last[0] >= index) {
      this.#runs.pop();
      last = this.#runs.at(-1);
    }
    if (last !== undefined && last[1] >= index) last[1] = index - 1;
    if (last !== undefined && last[1] === index - 1 && last[2] === term) last[1] = index;
    else this.#runs.push([index, index, term]);
  }
}
