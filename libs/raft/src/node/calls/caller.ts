import { bounded } from './bounded.js';
import {
  type Call,
  type CallTerms,
  type Order,
  type Placed,
  Proposal,
  type Proposed,
  Read,
  type ReadNeeds,
  type Settle,
  Single,
} from './call.js';
import type { Driver } from '../driver.js';
import type { CallOptions, Clock } from '../options.js';
import { checkCommand, checkTimeout } from '../settings.js';

const defaultTimeoutMs = 5000;

/** The promise side of a driver: every call ends by its answer, its deadline or its signal. */
export class Caller<Result> {
  private closed = false;

  constructor(
    private readonly driver: Driver<Result>,
    private readonly clock: Clock,
  ) {}

  /** Refuses every call from now on. Those that are open go on. */
  close(): void {
    this.closed = true;
  }

  /** Fixes until when a call may take, all its steps together. @throws RaftError */
  begin(options: CallOptions): CallTerms {
    if (this.closed) throw this.driver.failures.stopped({ outcome: 'not-applied' });
    const { timeoutMs = defaultTimeoutMs, forward = true, signal } = options;
    checkTimeout(timeoutMs);
    return { timeoutMs, deadline: this.clock.now() + timeoutMs, forward, signal };
  }

  propose(command: Uint8Array, options: CallOptions): Promise<Proposed<Result>> {
    return new Promise((resolve, reject) => {
      checkCommand(command);
      const terms = this.begin(options);
      this.submit(terms, { resolve, reject }, (settle) => new Proposal(command, terms, settle));
    });
  }

  read<T>(query: () => T, needs: ReadNeeds, terms: CallTerms): Promise<T> {
    return new Promise((resolve, reject) => {
      // The value that a read resolves with is what its own query returned.
      const settle: Settle<unknown> = { resolve: (value) => resolve(value as T), reject };
      this.submit(terms, settle, (settleOnce) => new Read(query, needs, terms, settleOnce));
    });
  }

  /** Bootstrap, change or transfer; resolves with the place of its entry, if it leaves one. */
  order(order: Order, terms: CallTerms): Promise<Placed | null> {
    return new Promise((resolve, reject) => {
      this.submit(terms, { resolve, reject }, (settle) => new Single(order, terms, settle));
    });
  }

  /** Work outside of the core, before anything is asked of it. */
  prepare<T>(work: Promise<T>, terms: CallTerms): Promise<T> {
    const { failures } = this.driver;
    const ending = { timeoutMs: terms.timeoutMs, outcome: 'not-applied' } as const;
    return bounded(work, {
      clock: this.clock,
      timeoutMs: terms.deadline - this.clock.now(),
      signal: terms.signal,
      timedOut: () => failures.deadline(ending),
      aborted: (reason) => failures.aborted(ending, reason),
    });
  }

  private submit<T>(
    { signal }: CallTerms,
    settle: Settle<T>,
    make: (settle: Settle<T>) => Call<Result>,
  ): void {
    if (signal === undefined) {
      this.driver.submit(make(settle));
      return;
    }
    const abort = () => this.driver.abort(call, signal.reason);
    const release = () => signal.removeEventListener('abort', abort);
    const call = make({
      resolve: (value) => {
        release();
        settle.resolve(value);
      },
      reject: (error) => {
        release();
        settle.reject(error);
      },
    });
    signal.addEventListener('abort', abort, { once: true });
    this.driver.submit(call);
    if (signal.aborted) abort();
  }
}
