import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks until the answer is neither null nor a failure, and gives it.
 * @param limitMs after which the last failure is thrown. Default 15,000.
 */
export async function until<T>(
  what: string,
  ask: () => T | null | Promise<T | null>,
  limitMs = 15_000,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await attempt(ask);
    if (!(answer instanceof Error) && answer !== null) return answer;
    if (performance.now() > end) {
      throw new Error(`not within ${limitMs} ms: ${what}`, { cause: answer });
    }
    await pause(20);
  }
}

async function attempt<T>(ask: () => T | Promise<T>): Promise<T | Error> {
  try {
    return await ask();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
