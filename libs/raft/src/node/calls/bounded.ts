import type { Clock } from '../options.js';

/** What ends a wait before the work is done. */
export interface Bound {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  timedOut(): Error;
  aborted?(reason: unknown): Error;
}

/** Waits for work that cannot be stopped, but not for ever: what it comes to later is not waited for. */
export async function bounded<T>(work: Promise<T>, bound: Bound): Promise<T> {
  const { clock, signal } = bound;
  const ends: (() => void)[] = [];
  const limit = new Promise<never>((_resolve, reject) => {
    ends.push(clock.setTimer(Math.max(0, bound.timeoutMs), () => reject(bound.timedOut())));
    if (signal === undefined) return;
    const abort = () => reject(bound.aborted?.(signal.reason) ?? bound.timedOut());
    signal.addEventListener('abort', abort, { once: true });
    ends.push(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    for (const end of ends) end();
  }
}
