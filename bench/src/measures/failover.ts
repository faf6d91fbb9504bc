import { setMaxListeners } from 'node:events';
import { type KvCluster, send } from '../clusters/cluster.js';

/** Before the kill the cluster has been under load for so long, ms. */
const warmMs = 500;
/** A new write is tried at each survivor this often. */
const probeMs = 5;
const withinMs = 30_000;

/** From the kill -9 of the leader under load to the first acknowledged write that began behind it, ms. */
export async function failoverMs(cluster: KvCluster): Promise<number> {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const load = background(cluster, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, warmMs));
  const { at, survivors } = await cluster.killLeader();
  const took = await firstWrite(cluster, survivors, at);
  stop.abort();
  await load;
  await cluster.heal();
  return took;
}

async function firstWrite(
  cluster: KvCluster,
  urls: readonly string[],
  from: number,
): Promise<number> {
  const done = new AbortController();
  // One for each write that is on its way.
  setMaxListeners(0, done.signal);
  return new Promise((resolve, reject) => {
    let count = 0;
    const timer = setInterval(() => {
      if (performance.now() - from > withinMs) {
        end(() => reject(new Error(`no write within ${withinMs} ms`)));
      }
      for (const url of urls) {
        send(url, cluster.write, `failover-${count++}`, done.signal)
          .then((response) => {
            if (response.ok) end(() => resolve(performance.now() - from));
          })
          // Refused and lost ones are what a failover is made of.
          .catch(() => undefined);
      }
    }, probeMs);
    const end = (settle: () => void) => {
      clearInterval(timer);
      settle();
      done.abort();
    };
  });
}

/** Sixteen writers at all nodes. */
async function background(cluster: KvCluster, signal: AbortSignal): Promise<void> {
  const writer = async (at: number) => {
    for (let count = 0; !signal.aborted; count++) {
      const { urls } = cluster;
      const url = urls[(at + count) % urls.length];
      if (url === undefined) return;
      await send(url, cluster.write, `load-${at}-${count % 100}`, signal)
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, at) => writer(at)));
}
