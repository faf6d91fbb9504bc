import { io, type Socket } from 'socket.io-client';
import type { KvCluster } from '../clusters/cluster.js';
import type { Generator } from '../load/generator.js';
import { load } from './http.js';

/** Pairs of a closed and an open round: the machine's own drift must not decide. */
export async function watchedShare(
  generator: Generator,
  cluster: KvCluster,
  rounds: number,
  seconds: number,
) {
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    const closed = await load(generator, cluster, 'writes', 64, seconds);
    const viewers = await Promise.all(cluster.urls.map(watch));
    const open = await load(generator, cluster, 'writes', 64, seconds);
    for (const viewer of viewers) viewer.close();
    pairs.push({ closed: closed.rate, open: open.rate, share: open.rate / closed.rate });
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
