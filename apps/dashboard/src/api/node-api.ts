import type { Address } from './node-streams.js';
import { request } from './request.js';

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
