import { RaftError } from '../../errors.js';
import type { Proposed } from '../calls/call.js';
import type { Caller } from '../calls/caller.js';
import type { CallOptions, Clock } from '../options.js';
import { checkCommand } from '../settings.js';
import { defaultTtlMs, sessionRules } from './session-rules.js';

/** How a session is opened. */
export interface SessionOptions extends CallOptions {
  /**
   * The session expires when the cluster has not heard of it for so long, in milliseconds from 1000 to
   * a year. Default an hour.
   */
  readonly ttlMs?: number;
}

/** What another process needs to take up a session. */
export interface SessionPlace {
  readonly id: number;
  /**
   * The sequence number of the next command. With that of the last command whose outcome is unknown,
   * the same command may be proposed once more and gets its first result, applied or not till then.
   */
  readonly nextSequence: number;
  /** As it was opened with: keep-alives are sent three times as often. Default an hour. */
  readonly ttlMs?: number;
}

/** What a session asks of its node. */
export type SessionPorts<Result> = Pick<Caller<Result>, 'begin' | 'appendOnce' | 'failures'>;

/**
 * A session whose commands are applied exactly once each (thesis §6.3). They are numbered in the order
 * of the calls, one may be under way while others are, and each is sent again with its number when a
 * leader is lost, until it has its result or its time is over. A session is one client: two that use
 * the same id at once spoil each other's numbers.
 */
export class Session<Result> implements AsyncDisposable {
  readonly id: number;
  private next: number;
  private readonly unanswered = new Set<number>();
  private readonly ttlMs: number;
  /** When the cluster last heard of it, as far as is known here. */
  private heardAt: number;
  private cancelTimer: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly caller: SessionPorts<Result>,
    private readonly clock: Clock,
    { id, nextSequence, ttlMs = defaultTtlMs }: SessionPlace,
    private readonly ended: (session: Session<Result>) => void,
  ) {
    this.id = id;
    this.next = nextSequence;
    this.ttlMs = ttlMs;
    this.heardAt = clock.now();
    this.setTimer();
  }

  /** The number that the next command gets: with the id, what another process needs to go on from here. */
  get nextSequence(): number {
    return this.next;
  }

  /**
   * As `RaftNode.propose`, but applied once however often it has to be sent. A call that ends without
   * a result gives its number up: the command is not sent again, but may be applied still while its
   * outcome is `unknown`.
   * @throws RaftError `session-expired` when the session is gone, `session-sequence` when another client
   * is ahead of this one, `overloaded` when this call is 128 ahead of the oldest without an answer
   */
  async propose(command: Uint8Array, options: CallOptions = {}): Promise<Proposed<Result>> {
    checkCommand(command);
    const terms = this.caller.begin(options);
    const acknowledgedBelow = this.oldestUnanswered();
    if (this.next - acknowledgedBelow >= sessionRules.maxKeptResults) {
      throw this.caller.failures.tooManyWaiting(`${sessionRules.maxKeptResults} of one session`);
    }
    const { id: session } = this;
    const sequence = this.next++;
    this.unanswered.add(sequence);
    const entry = { type: 'command', session, sequence, acknowledgedBelow, data: command } as const;
    try {
      return await this.heard(this.caller.appendOnce(entry, terms));
    } finally {
      this.unanswered.delete(sequence);
    }
  }

  /** Lets the cluster forget the session and its results. Calls under way end as they may. */
  async close(options: CallOptions = {}): Promise<void> {
    this.stop();
    const terms = this.caller.begin(options);
    await this.caller.appendOnce({ type: 'close', session: this.id }, terms);
  }

  /** Closes it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Sends no more keep-alives. */
  stop(): void {
    if (this.closed) return;
    this.closed = true;
    this.cancelTimer?.();
    this.ended(this);
  }

  private oldestUnanswered(): number {
    // In the order of their numbers, since that is how they were added.
    for (const sequence of this.unanswered) return sequence;
    return this.next;
  }

  private async heard<T>(answer: Promise<T>): Promise<T> {
    const askedAt = this.clock.now();
    try {
      const value = await answer;
      this.heardAt = Math.max(this.heardAt, askedAt);
      return value;
    } catch (error) {
      if (error instanceof RaftError && error.code === 'session-expired') this.stop();
      throw error;
    }
  }

  private setTimer(): void {
    const dueMs = this.heardAt + this.ttlMs / 3 - this.clock.now();
    const delayMs = Math.min(Math.max(dueMs, minTimerMs), maxTimerMs);
    this.cancelTimer = this.clock.setTimer(delayMs, () => void this.keepAlive());
  }

  /** Failures show themselves at the next call; the next keep-alive may do better. */
  private async keepAlive(): Promise<void> {
    if (this.heardAt + this.ttlMs / 3 <= this.clock.now()) {
      try {
        const terms = this.caller.begin({ timeoutMs: this.ttlMs / 3 });
        await this.heard(this.caller.appendOnce({ type: 'keep-alive', session: this.id }, terms));
      } catch (error) {
        if (!(error instanceof RaftError)) throw error;
      }
    }
    if (!this.closed) this.setTimer();
  }
}

/** Between two tries at least, and what a timer can wait at most. */
const minTimerMs = 50;
const maxTimerMs = 2 ** 31 - 1;
