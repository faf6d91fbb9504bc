import type { TraceRecord } from '@quorate/contract';
import type { LogWrite, Marks } from '@quorate/raft';
import { Pace } from './pace.js';

type Run = [from: number, to: number, term: number];

/** What changes faster than this is told together. */
const TOGETHER_MS = 4;
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
    const [first] = entries;
    if (first !== undefined) this.#cut(first.index);
    for (const { index, term } of entries) this.#add(index, term);
    if (this.#runs.length > MAX_RUNS) this.settle(performance.now());
  }

  moved(marks: Marks): void {
    this.#marks = marks;
    const now = performance.now();
    if (this.#pace.take(now)) this.settle(now);
    else this.#timer ??= setTimeout(() => this.settle(performance.now()), TOGETHER_MS);
  }

  /** Tells what has not been told, as of the time `at`. */
  settle(at: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
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

  /** What is written stands in place of whatever stood there and behind it. */
  #cut(index: number): void {
    this.#runs = this.#runs.filter(([from]) => from < index);
    const last = this.#runs.at(-1);
    if (last !== undefined) last[1] = Math.min(last[1], index - 1);
  }

  #add(index: number, term: number): void {
    const last = this.#runs.at(-1);
    if (last?.[1] === index - 1 && last[2] === term) last[1] = index;
    else this.#runs.push([index, index, term]);
  }
}
