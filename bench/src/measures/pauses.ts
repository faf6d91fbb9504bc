import { setTimeout as after } from 'node:timers/promises';

/** How often the leader is asked for something that it answers at once, ms. */
const askEveryMs = 1;

/**
 * Takes a snapshot, and meanwhile asks the node every millisecond for something that costs it
 * nothing: the longest wait for an answer bounds the longest pause of its event loop from above.
 */
export async function snapshotPauses(url: string) {
  let isOver = false;
  const watching = longestAnswer(url, () => isOver);
  const begun = performance.now();
  const response = await fetch(`${url}/snapshot`, { method: 'POST' });
  const { bytes } = (await response.json()) as { bytes: number };
  const ms = performance.now() - begun;
  isOver = true;
  return { bytes, ms, pauseMs: await watching };
}

async function longestAnswer(url: string, isOver: () => boolean): Promise<number> {
  let longest = 0;
  while (!isOver()) {
    const begun = performance.now();
    await (await fetch(`${url}/health/live`)).arrayBuffer();
    longest = Math.max(longest, performance.now() - begun);
    await after(askEveryMs);
  }
  return longest;
}
