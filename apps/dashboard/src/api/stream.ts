import { io, type Socket } from 'socket.io-client';
import type { Link } from '../core/cluster/observation.js';

/** Told whenever a socket opens or closes, with the reason. */
export type OnLink = (link: Link, problem: string | null) => void;

/** A server that is there answers within this time, ms. */
const timeoutMs = 2_000;
/** Waits between attempts grow from the first to the last, ms. */
const firstWaitMs = 100;
const lastWaitMs = 800;

export interface Stream {
  readonly socket: Socket;
  readonly close: () => void;
}

/**
 * One socket that is open whenever it can be, until it is closed.
 *
 * Before each attempt a plain request asks whether anybody is there: browsers make a page wait
 * longer and longer, up to a minute, whose WebSockets keep failing, and do not with requests.
 *
 * @param url origin of the server
 * @param probe path of something small there
 */
export function openStream(url: string, probe: string, onLink: OnLink): Stream {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    autoConnect: false,
    reconnection: false,
    timeout: timeoutMs,
  });
  let waitMs = firstWaitMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function attempt(): Promise<void> {
    const problem = await whyUnreachable(`${url}${probe}`);
    if (closed) return;
    if (problem === null) socket.connect();
    else lost(problem);
  }
  function lost(problem: string): void {
    if (closed) return;
    onLink('closed', problem);
    timer = setTimeout(again, waitMs);
    waitMs = Math.min(lastWaitMs, waitMs * 2);
  }
  function again(): void {
    clearTimeout(timer);
    timer = undefined;
    void attempt();
  }
  /** The machine has its network back: whoever waits need wait no longer. */
  function online(): void {
    if (timer !== undefined) again();
  }

  socket.on('connect', () => {
    waitMs = firstWaitMs;
    onLink('open', null);
  });
  socket.on('connect_error', ({ message }) => lost(`no connection to ${url}: ${message}`));
  socket.on('disconnect', (reason) => lost(`the connection to ${url} was lost: ${reason}`));
  window.addEventListener('online', online);
  onLink('connecting', null);
  void attempt();

  return {
    socket,
    close: () => {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener('online', online);
      socket.close();
    },
  };
}

/** Any answer at all will do: `no-cors` does not let this page see which. */
async function whyUnreachable(url: string): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    await fetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', signal });
    return null;
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return late
      ? `no answer from ${new URL(url).origin} within ${timeoutMs / 1_000} s`
      : `nobody answers at ${new URL(url).origin}`;
  }
}
