import type { Limits } from '../../core/options.js';
import { type Call, callBytes } from './call.js';

/**
 * Every call that has no answer yet, so that there is a bound on their number and bytes, and none is
 * forgotten when its time is over.
 */
export class OpenCalls<Result> {
  private readonly calls = new Set<Call<Result>>();
  private bytes = 0;

  constructor(private readonly limits: () => Limits) {}

  get size(): number {
    return this.calls.size;
  }

  /** The limit that keeps this call out, in words; null when there is room and the call was taken. */
  add(call: Call<Result>): string | null {
    const { maxWaiting, maxUncommittedBytes } = this.limits();
    const bytes = this.bytes + callBytes(call);
    if (this.calls.size >= maxWaiting) return `maxWaiting ${maxWaiting}`;
    // One that is larger than the limit itself still goes alone.
    if (bytes > maxUncommittedBytes && this.bytes > 0) {
      return `maxUncommittedBytes ${maxUncommittedBytes}`;
    }
    this.bytes = bytes;
    this.calls.add(call);
    return null;
  }

  /** Ends a call. False when it has ended before: it must be answered once. */
  close(call: Call<Result>): boolean {
    if (!call.open) return false;
    call.open = false;
    this.calls.delete(call);
    this.bytes -= callBytes(call);
    return true;
  }

  overdue(now: number): Call<Result>[] {
    const overdue: Call<Result>[] = [];
    for (const call of this.calls) if (call.deadline <= now) overdue.push(call);
    return overdue;
  }

  all(): Call<Result>[] {
    return [...this.calls];
  }
}
