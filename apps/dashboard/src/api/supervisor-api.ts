import { NodeProcess, type ProcessAction } from '@quorate/contract';
import { request } from './request.js';

const whom = 'The supervisor';

/**
 * Does something to the process of a node.
 * @throws {RequestFailure}
 */
export async function actOn(id: string, action: ProcessAction): Promise<void> {
  const url = `/api/nodes/${encodeURIComponent(id)}/${action}`;
  await request({ whom, method: 'POST', url, timeoutMs: 15_000 });
}

/**
 * Starts one more node, blank.
 * @throws {RequestFailure}
 */
export async function addNode(): Promise<NodeProcess> {
  const json = { type: 'application/json', body: '{}' };
  const answer = await request({ whom, method: 'POST', url: '/api/nodes', ...json });
  return NodeProcess.parse(await answer.json());
}
