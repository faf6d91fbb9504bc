import type { Log } from './log/log.js';

/** A stop that takes longer than this is cut off. */
const STOP_LIMIT_MS = 4000;

/**
 * Ends the process cleanly on SIGTERM or SIGINT, and at once when asked again. A node that a
 * supervisor started leaves Ctrl-C to it, since the terminal sends it to both; and it stops when the
 * supervisor is gone, however that came about.
 */
export function stopOnRequest(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  const request = (why: string) => {
    if (stopping) {
      log.warn(`${why}: exiting at once`);
      process.exit(1);
    }
    stopping = true;
    log.info(`${why}: stopping`);
    void stopAndExit(stop, log);
  };

  process.on('SIGTERM', () => request('SIGTERM'));
  const supervised = process.send !== undefined;
  process.on('SIGINT', () => {
    if (!supervised) request('SIGINT');
  });
  if (!supervised) return;
  const supervisorGone = () => {
    if (!stopping) request('the supervisor is gone');
  };
  if (process.connected) process.on('disconnect', supervisorGone);
  else supervisorGone();
}

async function stopAndExit(stop: () => Promise<void>, log: Log): Promise<void> {
  setTimeout(() => {
    log.error(`not stopped after ${STOP_LIMIT_MS} ms: exiting`);
    process.exit(1);
  }, STOP_LIMIT_MS).unref();
  try {
    await stop();
    log.info('stopped');
    process.exit(0);
  } catch (error) {
    log.error(`the stop failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    process.exit(1);
  }
}
