import { KeyList, type LogEntry, LogPage, Removed, Written } from '@quorate/contract';
import { RequestFailure } from '../core/failure.js';
import type { Found, KvAnswer } from '../core/keys/kv-exchange.js';
import { requestOf, type KeyOperation, type ListOperation } from '../core/keys/kv-request.js';
import type { Address } from './node-streams.js';
import { request, requestJson } from './request.js';

/** @throws {RequestFailure} */
export async function performKv(node: Address, operation: KeyOperation): Promise<KvAnswer> {
  const ask = { whom: node.id, ...requestOf(node.url, operation) };
  switch (operation.verb) {
    case 'set':
      return { verb: 'set', ...(await requestJson(ask, Written)) };
    case 'remove':
      return { verb: 'remove', ...(await requestJson(ask, Removed)) };
    case 'get':
      return { verb: 'get', found: await request(ask).then(found, noneIfMissing) };
  }
}

/** @throws {RequestFailure} */
export async function listKeys(node: Address, operation: ListOperation): Promise<KeyList> {
  return requestJson({ whom: node.id, ...requestOf(node.url, operation) }, KeyList);
}

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

async function found(response: Response): Promise<Found> {
  const bytes = await response.arrayBuffer();
  const index = response.headers.get('quorate-index');
  return {
    text: utf8(bytes),
    bytes: bytes.byteLength,
    index: index === null ? null : Number(index),
  };
}

function noneIfMissing(error: unknown): null {
  if (error instanceof RequestFailure && error.status === 404) return null;
  throw error;
}

function utf8(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
