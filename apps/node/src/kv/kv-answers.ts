import { isUtf8 } from 'node:buffer';
import type { KeyList, KeyValue } from '@quorate/contract';
import type { FastifyReply } from 'fastify';
import type { Page, StoredKey, StoredValue } from './kv-state-machine.js';

/**
 * Sends the bytes of a value and, beside them, the index that wrote it. Text is sent as text, so
 * that a terminal or a browser shows it; never as anything that a browser would run.
 */
export function sendValue(reply: FastifyReply, { value, index }: StoredValue): void {
  const type = isUtf8(value) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  void reply
    .header('content-type', type)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('quorate-index', index)
    .send(asBuffer(value));
}

export function keyList({ items, more }: Page): KeyList {
  return { items: items.map(keyValue), next: more ? (items.at(-1)?.key ?? null) : null };
}

function keyValue({ key, value, index }: StoredKey): KeyValue {
  const encoding = isUtf8(value) ? 'utf8' : 'base64';
  return {
    key,
    value: asBuffer(value).toString(encoding),
    encoding,
    index,
    createdIndex: index,
    version: 1,
  };
}

function asBuffer(value: Uint8Array): Buffer {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
