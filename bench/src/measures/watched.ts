import { io, type Socket } from 'socket.io-client';
import type { KvCluster } from '../clusters/cluster.js';
import type { Generator } from '../load/generator.js';
import { load } from './http.js';

/** Pairs of a closed and an open round, either first in turn: the machine's own drift must not decide. */
export async function watchedShare(
  generator: Generator,
  cluster: KvCluster,
  pairCount: number,
  seconds: number,
) {
  const rate = async () => (await load(generator, cluster, 'writes', 64, seconds)).rate;
  const watchedRate = async () => {
    const viewers = await Promise.all(cluster.urls.map(watch));
    try {
      return await rate();
    } finally {
      for (const viewer of viewers) viewer.close();
    }
  };
  const pairs = [];
  for (let at = 0; at < pairCount; at++) {
    const early = at % 2 === 0 ? await rate() : null;
    const open = await watchedRate();
    const closed = early ?? (await rate());
    pairs.push({ closed, open, share: open / closed });
  }
  return pairs;
}

/** Asks a node for everything that the page asks for. */
async function watch(url: string): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  socket.emit('resume', { run: null, seq: 0 });
  socket.emit('trace', true);
  return socket;
}
