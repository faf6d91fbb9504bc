import { maxLogLines, NodeLog, NodeProcess, type ProcessAction } from '@quorate/contract';
import { request, requestJson } from './request.js';

const whom = 'The supervisor';
/** The supervisor itself gives a node 30 s to start, and a few to stop before that. */
const slowMs = 45_000;

/**
 * Does something to the process of a node.
 * @throws {RequestFailure}
 */
export async function actOn(id: string, action: ProcessAction): Promise<void> {
  const url = `/api/nodes/${encodeURIComponent(id)}/${action}`;
  await request({ whom, method: 'POST', url, timeoutMs: slowMs });
}

/**
 * Starts one more node, blank.
 * @throws {RequestFailure}
 */
export async function addNode(): Promise<NodeProcess> {
  const json = { type: 'application/json', body: '{}' };
  return requestJson(
    { whom, method: 'POST', url: '/api/nodes', timeoutMs: slowMs, ...json },
    NodeProcess,
  );
}

/**
 * Forgets a node that is stopped, and deletes its volume.
 * @throws {RequestFailure}
 */
export async function forgetNode(id: string): Promise<void> {
  const url = `/api/nodes/${encodeURIComponent(id)}`;
  await request({ whom, method: 'DELETE', url, timeoutMs: slowMs });
}

/**
 * All lines of a node that the supervisor keeps, oldest first.
 * @throws {RequestFailure}
 */
export async function logOf(id: string): Promise<NodeLog> {
  const url = `/api/nodes/${encodeURIComponent(id)}/log?lines=${maxLogLines}`;
  return requestJson({ whom, method: 'GET', url }, NodeLog);
}
