import { Proposal } from '../calls/call.js';
import { encodeSessionEntry } from './session-entry.js';

const shortestMs = 1000;
/** A new leader does not know what its predecessor had not proposed yet: little must be lost with it. */
const longestMs = 60_000;
const patienceMs = 5000;

export interface SessionClockPorts {
  now(): number;
  setTimer(delayMs: number, fire: () => void): () => void;
  submit(call: Proposal<never>): void;
  /** The shortest life that depends on cluster time; null when none does. */
  shortestTtlMs(): number | null;
}

/**
 * Moves cluster time (thesis §6.3): a leader proposes how much of its own clock's time has passed,
 * now and then, while something may expire. What no leader has measured does not count, so across
 * elections sessions live longer, never shorter.
 */
export class SessionClock {
  private leading = false;
  /** Up to here this leader's time is in the log. */
  private measuredTo = -Infinity;
  private cancel: (() => void) | null = null;
  private proposing = false;

  constructor(private readonly ports: SessionClockPorts) {}

  /** Whether this node leads, from now on. */
  lead(leading: boolean): void {
    if (leading === this.leading) return;
    this.stop();
    this.leading = leading;
    this.measuredTo = this.ports.now();
    this.look();
  }

  /** Sessions or keys may have come: time runs from here, if it did not run. */
  look(): void {
    if (!this.leading || this.isRunning || this.ports.shortestTtlMs() === null) return;
    this.measuredTo = this.ports.now();
    this.setTimer();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
    this.leading = false;
  }

  private get isRunning(): boolean {
    return this.cancel !== null || this.proposing;
  }

  private setTimer(): void {
    const ttlMs = this.ports.shortestTtlMs();
    if (!this.leading || ttlMs === null) return;
    const delayMs = Math.min(longestMs, Math.max(shortestMs, ttlMs / 10));
    this.cancel = this.ports.setTimer(delayMs, () => {
      this.cancel = null;
      this.propose();
    });
  }

  private propose(): void {
    const now = this.ports.now();
    const elapsedMs = Math.floor(now - this.measuredTo);
    const data = encodeSessionEntry({ type: 'time', elapsedMs });
    const terms = {
      timeoutMs: patienceMs,
      deadline: now + patienceMs,
      forward: false,
      signal: undefined,
    };
    const ended = () => {
      this.proposing = false;
      if (this.leading) this.setTimer();
    };
    // Whether it is applied or not, it is not proposed again: time may be lost, never counted twice.
    this.measuredTo = now;
    this.proposing = true;
    const settle = { resolve: ended, reject: ended };
    this.ports.submit(new Proposal<never>({ type: 'session', data }, terms, settle));
  }
}
