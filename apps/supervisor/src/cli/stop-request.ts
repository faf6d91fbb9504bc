/** A signal that comes again within this many milliseconds is the same key press, passed on twice. */
const echoMs = 500;

export interface StopRequest {
  /** Aborted once the supervisor is asked to stop. */
  signal: AbortSignal;
  asked: Promise<void>;
}

/**
 * Listens for the ways to stop a supervisor: SIGTERM, a terminal that closes, Ctrl-C, and the end
 * of the program that started it.
 * @param hurry called when it is asked again
 */
export function stopRequest(hurry: () => void): StopRequest {
  const controller = new AbortController();
  const { signal } = controller;
  let askedAt = 0;
  const ask = () => {
    if (!signal.aborted) {
      askedAt = performance.now();
      controller.abort();
    } else if (performance.now() - askedAt > echoMs) {
      hurry();
    }
  };
  process.on('SIGTERM', ask);
  process.on('SIGHUP', ask);
  process.on('SIGINT', () => {
    // A terminal sends Ctrl-C to the launcher too, which then asks with SIGTERM.
    if (!process.connected) ask();
  });
  process.on('disconnect', ask);
  return {
    signal,
    asked: new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
    }),
  };
}
