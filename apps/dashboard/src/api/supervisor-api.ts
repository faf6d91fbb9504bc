import { NodeProcess, type ProcessAction } from '@quorate/contract';
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
