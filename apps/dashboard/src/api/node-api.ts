import { KeyList, Removed, Written } from '@quorate/contract';
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
