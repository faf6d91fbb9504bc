import { Fault, type FaultRequest } from '@quorate/contract';
import { RequestFailure } from '../core/failure.js';
import type { Address } from './node-streams.js';
import { request, requestJson } from './request.js';

/**
 * Begins a fault between a node and one of its peers.
 * @throws {RequestFailure}
 */
export async function injectFault(node: Address, wanted: FaultRequest): Promise<Fault> {
  const json = { type: 'application/json', body: JSON.stringify(wanted) };
  return requestJson({ whom: node.id, method: 'POST', url: `${node.url}/faults`, ...json }, Fault);
}

/**
 * Ends a fault. One that is over already is as it should be.
 * @throws {RequestFailure}
 */
export async function healFault(node: Address, id: string): Promise<void> {
  const url = `${node.url}/faults/${encodeURIComponent(id)}`;
  try {
    await request({ whom: node.id, method: 'DELETE', url });
  } catch (error) {
    const over = error instanceof RequestFailure && error.body.code === 'fault-not-found';
    if (!over) throw error;
  }
}

/**
 * Ends every fault of a node, whoever wanted it.
 * @throws {RequestFailure}
 */
export async function healAllFaults(node: Address): Promise<void> {
  await request({ whom: node.id, method: 'DELETE', url: `${node.url}/faults` });
}
