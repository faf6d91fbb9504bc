import { bounded } from './bounded.js';
import {
  type Call,
  type CallTerms,
  type Order,
  type Placed,
  Proposal,
  type ProposalTerms,
  type Proposed,
  Read,
  type ReadNeeds,
  type Settle,
  Single,
} from './call.js';
import type { NewCommand } from '../../core/entry.js';
import type { Failures } from './failures.js';
import type { Peers } from '../cluster/peers.js';
import type { Driver } from '../driver.js';
import type { CallOptions, Clock, ProposeOptions } from '../options.js';
import { encodeSessionEntry, type SessionEntry } from '../sessions/session-entry.js';
import { checkCommand, checkKey, checkTimeout } from '../settings.js';

const defaultTimeoutMs = 5000;
/** The first that knows every entry. A member that does not know one could never apply the log. */
const entryProtocol = 2;

/** The promise side of a driver: every call ends by its answer, its deadline or its signal. */
export class Caller<Result> {
  private closed = false;

  constructor(
    private readonly driver: Driver<Result>,
    private readonly clock: Clock,
    private readonly peers: Pick<Peers, 'olderThan'>,
  ) {}

  get failures(): Failures {
    return this.driver.failures;
  }

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

  async propose(command: Uint8Array, options: ProposeOptions): Promise<Proposed<Result>> {
    const { key, placed } = options;
    checkCommand(command);
    if (key !== undefined) checkKey(key);
    const terms = this.begin(options);
    return key === undefined
      ? this.append({ type: 'command', data: command }, terms, { placed })
      : this.appendOnce({ type: 'keyed', key, data: command }, terms, placed);
  }

  /** What the sessions apply once only is sent again after doubts, until the deadline. */
  async appendOnce(
    entry: SessionEntry,
    terms: CallTerms,
    placed?: ProposeOptions['placed'],
  ): Promise<Proposed<Result>> {
    this.mustBeKnownToAll('sessions and idempotency keys');
    const command = { type: 'session', data: encodeSessionEntry(entry) } as const;
    return this.append(command, terms, { repeatable: true, placed });
  }

  /** @throws RaftError `older-member` while a member is connected that could not read it */
  mustBeKnownToAll(what: string): void {
    const older = this.peers.olderThan(entryProtocol);
    if (older !== undefined) throw this.failures.olderMember(older, what);
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

  private append(
    command: NewCommand,
    terms: CallTerms,
    { repeatable, placed }: ProposalTerms,
  ): Promise<Proposed<Result>> {
    return new Promise((resolve, reject) => {
      const make = (settle: Settle<Proposed<Result>>) => {
        const told = placed && orElse(reject, placed);
        return new Proposal(command, terms, settle, { repeatable, placed: told });
      };
      this.submit(terms, { resolve, reject }, make);
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

/** What the caller's own function throws goes to the caller. */
function orElse<A extends unknown[]>(
  failed: (error: unknown) => void,
  call: (...args: A) => void,
): (...args: A) => void {
  return (...args) => {
    try {
      call(...args);
    } catch (error) {
      failed(error);
    }
  };
}
