import { isUtf8 } from 'node:buffer';
import type { ConditionFailed, ErrorBody, KeyList, KeyValue } from '@quorate/contract';
import { errorBody, HttpError } from '@quorate/http';
import type { FastifyReply } from 'fastify';
import type { Page } from './queries/list-keys.js';
import type { StoredKey, StoredValue } from './stored-keys.js';

/** Text up to this goes to Node as a string: head and body are one piece then, and cost one write. */
const SHORT_TEXT_BYTES = 16 * 1024;

/**
 * Sends the bytes of a value and, beside them, where they come from. Text is sent as text, so that
 * a terminal or a browser shows it; never as anything that a browser would run.
 */
export function sendValue(reply: FastifyReply, stored: StoredValue): void {
  const { value, index, createdIndex, version } = stored;
  const isText = isUtf8(value);
  const bytes = asBuffer(value);
  void reply
    .header('content-type', isText ? 'text/plain; charset=utf-8' : 'application/octet-stream')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('etag', etagOf(index))
    .header('quorate-index', index)
    .header('quorate-created-index', createdIndex)
    .header('quorate-version', version)
    .send(isText && bytes.length <= SHORT_TEXT_BYTES ? bytes.toString() : bytes);
}

/** 412, with what a next try needs to know. */
export function conditionFailed(key: string, index: number | null): HttpError {
  const message =
    index === null
      ? `There is no key '${key}': nothing was changed.`
      : `The key '${key}' was written by entry ${index}: nothing was changed.`;
  const body: ErrorBody & ConditionFailed = { ...errorBody('condition-failed', message), index };
  return new HttpError(412, body, index === null ? {} : { headers: { etag: etagOf(index) } });
}

function etagOf(index: number): string {
  return `"${index}"`;
}

export function keyList({ items, more }: Page): KeyList {
  return { items: items.map(keyValue), next: more ? (items.at(-1)?.key ?? null) : null };
}

function keyValue({ value, ...stored }: StoredKey): KeyValue {
  const encoding = isUtf8(value) ? 'utf8' : 'base64';
  return { ...stored, value: asBuffer(value).toString(encoding), encoding };
}

function asBuffer(value: Uint8Array): Buffer {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
