import { type LogEntry, LogPage } from '@quorate/contract';
import type { Address } from './node-streams.js';
import { request, requestJson } from './request.js';

/**
 * One entry of a node's own log; null when it holds none at this index.
 * @throws {RequestFailure}
 */
export async function readEntry(node: Address, index: number): Promise<LogEntry | null> {
  const url = `${node.url}/log?from=${index}&limit=1`;
  const { entries } = await requestJson({ whom: node.id, method: 'GET', url }, LogPage);
  return entries.find((entry) => entry.index === index) ?? null;
}

/**
 * Asks a member to take a node into the cluster.
 * @param port where the node's peers reach it
 * @throws {RequestFailure}
 */
export async function join(
  member: Address,
  node: { readonly id: string; readonly raftPort: number },
): Promise<void> {
  const query = new URLSearchParams({ nodeId: node.id, raftPort: String(node.raftPort) });
  const url = `${member.url}/join?${query.toString()}`;
  await request({ whom: member.id, method: 'POST', url, timeoutMs: 30_000 });
}

/**
 * Makes a blank node the first member of a new cluster.
 * @throws {RequestFailure}
 */
export async function bootstrap(node: Address): Promise<void> {
  await request({ whom: node.id, method: 'POST', url: `${node.url}/bootstrap` });
}
