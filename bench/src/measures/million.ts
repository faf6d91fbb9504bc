import { readFileSync } from 'node:fs';
import { NodeStatus } from '@quorate/contract';
import { until } from '../clusters/child.js';
import type { QuorateCluster } from '../clusters/quorate.js';
import { value } from '../clusters/cluster.js';
import { snapshotPauses } from './pauses.js';

/** Keys of one request's worth of parallel writers. */
const writers = 256;

export interface Million {
  readonly keys: number;
  readonly fillRate: number;
  /** Resident memory of the leader with all keys, bytes. */
  readonly rssBytes: number;
  readonly snapshotMs: number;
  readonly snapshotBytes: number;
  /** Longest pause of the leader's event loop while it took the snapshot, ms. */
  readonly pauseMs: number;
  readonly installMs: number;
  readonly installMBps: number;
}

/** Fills a cluster with keys, takes a snapshot of them, and gives it to a new node. */
export async function million(cluster: QuorateCluster, keys: number): Promise<Million> {
  const leader = await cluster.leaderUrl();
  const begun = performance.now();
  let next = 0;
  const writer = async () => {
    while (next < keys) {
      const response = await fetch(`${leader}/kv/million-${next++}`, {
        method: 'PUT',
        body: value,
      });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const fillRate = keys / ((performance.now() - begun) / 1000);
  const { bytes: snapshotBytes, ms: snapshotMs, pauseMs } = await snapshotPauses(leader);
  const rssBytes = rssOf(cluster.pids[0] ?? 0);

  const joined = performance.now();
  const url = await cluster.add('newcomer');
  await until('the new node to have every key', async () => {
    const status = NodeStatus.parse(await (await fetch(`${url}/status`)).json());
    return status.keys >= keys ? true : null;
  });
  const installMs = performance.now() - joined;
  const installMBps = snapshotBytes / 1e6 / (installMs / 1000);
  return { keys, fillRate, rssBytes, snapshotMs, snapshotBytes, pauseMs, installMs, installMBps };
}

/** Resident memory of a process, bytes; NaN where the system does not tell it this way. */
export function rssOf(pid: number): number {
  try {
    const [, kilobytes] =
      /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return NaN;
  }
}
