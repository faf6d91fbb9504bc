import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { Child } from '../clusters/child.js';
import { type KvCluster, send } from '../clusters/cluster.js';
import { type Generator, keyOf, keys, type Load, type Outcome } from '../load/generator.js';

export const mixes = ['writes', 'reads', '90/10'] as const;
export type Mix = (typeof mixes)[number];

/** Every key is there before anything is measured; reads would be too cheap else. */
export async function fill(cluster: KvCluster): Promise<void> {
  const leader = await cluster.leaderUrl();
  let next = 0;
  const writer = async () => {
    while (next < keys) {
      await (
        await send(leader, cluster.write, keyOf(next++), AbortSignal.timeout(10_000))
      ).arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 64 }, writer));
}

export async function load(
  generator: Generator,
  cluster: KvCluster,
  mix: Mix,
  connections: number,
  seconds: number,
): Promise<Outcome> {
  const { write, read } = cluster;
  const shares: Record<Mix, Load['requests']> = {
    writes: [{ share: 1, request: write }],
    reads: [{ share: 1, request: read }],
    '90/10': [
      { share: 0.9, request: read },
      { share: 0.1, request: write },
    ],
  };
  return generator.run({
    origin: await cluster.leaderUrl(),
    requests: shares[mix],
    connections,
    seconds,
  });
}

/** A NestJS handler on Fastify that answers a constant: what this stack can give at the most. */
export async function bareHandler(
  generator: Generator,
  request: KvCluster['read'],
  connections: number,
  seconds: number,
): Promise<Outcome> {
  const port = await freePorts(1);
  const script = fileURLToPath(new URL('../children/bare-server.js', import.meta.url));
  const env = { PORT: String(port), NODE_ENV: 'production' };
  const child = Child.start('bare server', process.execPath, [script], env, true);
  try {
    await once(child.process, 'message', { signal: AbortSignal.timeout(10_000) });
    const origin = `http://127.0.0.1:${port}`;
    const requests = [{ share: 1, request }];
    await generator.run({ origin, requests, connections, seconds: 1 });
    return await generator.run({ origin, requests, connections, seconds });
  } finally {
    await child.end('SIGKILL');
  }
}
