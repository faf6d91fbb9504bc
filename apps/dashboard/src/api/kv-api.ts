import { KeyCount, KeySearch, KeyTree, PrefixRemoved, Removed, Written } from '@quorate/contract';
import { RequestFailure } from '../core/failure.js';
import type { Found, KvAnswer } from '../core/keys/kv-exchange.js';
import {
  type KeyOperation,
  type PageOperation,
  type PrefixOperation,
  requestOf,
} from '../core/keys/kv-request.js';
import type { Address } from './node-streams.js';
import { type Ask, request, requestJson } from './request.js';

type Verb<Operation, Name> = Extract<Operation, { readonly verb: Name }>;

/**
 * @param trace names a write, for those who follow it in the traces of the nodes
 * @throws {RequestFailure} 412 when a condition does not hold
 */
export async function performKv(
  node: Address,
  operation: KeyOperation,
  trace?: string,
): Promise<KvAnswer> {
  const plain = askOf(node, operation);
  const ask = trace ? { ...plain, headers: { ...plain.headers, 'quorate-trace': trace } } : plain;
  switch (operation.verb) {
    case 'set':
      return { verb: 'set', ...(await requestJson(ask, Written)) };
    case 'remove':
      return { verb: 'remove', ...(await requestJson(ask, Removed)) };
    case 'get':
      return { verb: 'get', found: await readKey(node, operation) };
  }
}

/**
 * The value of one key; null when there is no such key.
 * @throws {RequestFailure}
 */
export function readKey(
  node: Address,
  operation: Verb<KeyOperation, 'get'>,
): Promise<Found | null> {
  return request(askOf(node, operation)).then(found, noneIfMissing);
}

/** @throws {RequestFailure} */
export function listTree(node: Address, operation: PageOperation): Promise<KeyTree> {
  return requestJson(askOf(node, operation), KeyTree);
}

/** @throws {RequestFailure} */
export function searchKeys(node: Address, operation: PageOperation): Promise<KeySearch> {
  return requestJson(askOf(node, operation), KeySearch);
}

/** @throws {RequestFailure} */
export async function countKeys(
  node: Address,
  operation: Verb<PrefixOperation, 'count'>,
): Promise<number> {
  return (await requestJson(askOf(node, operation), KeyCount)).keys;
}

/** @throws {RequestFailure} */
export function removePrefix(
  node: Address,
  operation: Verb<PrefixOperation, 'remove-prefix'>,
): Promise<PrefixRemoved> {
  return requestJson(askOf(node, operation), PrefixRemoved);
}

function askOf(
  { id, url }: Address,
  operation: KeyOperation | PageOperation | PrefixOperation,
): Ask {
  return { whom: id, ...requestOf(url, operation) };
}

async function found(response: Response): Promise<Found> {
  const number = (name: string) => Number(response.headers.get(name));
  return {
    value: new Uint8Array(await response.arrayBuffer()),
    index: number('quorate-index'),
    createdIndex: number('quorate-created-index'),
    version: number('quorate-version'),
  };
}

/** Another 404 than this would be about the address, not the key. */
function noneIfMissing(error: unknown): null {
  if (error instanceof RequestFailure && error.body.code === 'key-not-found') return null;
  throw error;
}
