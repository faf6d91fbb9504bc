import type { IncomingHttpHeaders } from 'node:http';
import { Consistency } from '@quorate/contract';
import { badRequest, type Fields } from '../http/fields.js';
import { wholeNumber } from '../http/whole-number.js';
import type { ReadOptions, RequestOptions, WriteOptions } from './kv.service.js';
import type { Range } from './queries/list-keys.js';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;
const MAX_TRACE = 64;

/** `?forward=false`, and the headers `Idempotency-Key`, `Quorate-Trace`, `If-Match` and `If-None-Match`. */
export function writeOptions(fields: Fields, headers: IncomingHttpHeaders): WriteOptions {
  const { 'idempotency-key': key, 'quorate-trace': trace } = headers;
  return {
    ...requestOptions(fields),
    // Node joins a header that comes several times into one text.
    ...(typeof key === 'string' ? { key } : {}),
    ...(typeof trace === 'string' ? { trace: checkedTrace(trace) } : {}),
    ...conditionOf(headers),
  };
}

function conditionOf(headers: IncomingHttpHeaders): Pick<WriteOptions, 'condition'> {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (match !== undefined && noneMatch !== undefined) {
    throw badRequest('If-Match and If-None-Match exclude each other.');
  }
  if (match !== undefined) return { condition: { index: indexOf(match) } };
  if (noneMatch === undefined) return {};
  if (noneMatch !== '*') throw badRequest(`If-None-Match: ${noneMatch} is not *, for no such key.`);
  return { condition: { index: null } };
}

function indexOf(etag: string): number {
  const index = /^"([1-9]\d{0,13})"$/.exec(etag)?.[1];
  if (index === undefined) {
    throw badRequest(`If-Match: ${etag} is no index in quotes, as the header ETag tells it.`);
  }
  return Number(index);
}

function checkedTrace(trace: string): string {
  if (trace !== '' && trace.length <= MAX_TRACE) return trace;
  throw badRequest(`The header Quorate-Trace must have 1 to ${MAX_TRACE} characters.`);
}

/** `?forward=false`: answer 421 instead of passing the request to the leader. */
export function requestOptions(fields: Fields): RequestOptions {
  const forward = fields.get('forward') ?? 'true';
  if (forward !== 'true' && forward !== 'false') {
    throw badRequest(`forward='${forward}' is neither true nor false.`);
  }
  return { forward: forward === 'true' };
}

/** What a read without a query wants, as nearly all are: nothing has to be looked at. */
const plainRead: ReadOptions = { forward: true, consistency: 'linearizable' };

/** `?consistency=&maxStaleMs=&minIndex=`: how fresh the state must be. */
export function readOptions(fields: Fields): ReadOptions {
  if (fields.isEmpty) return plainRead;
  const given = fields.get('consistency') ?? plainRead.consistency;
  const consistency = Consistency.safeParse(given);
  if (!consistency.success) {
    throw badRequest(`consistency='${given}' is none of ${Consistency.options.join(', ')}.`);
  }
  return {
    ...requestOptions(fields),
    consistency: consistency.data,
    ...wholeNumber(fields, 'maxStaleMs', 1),
    ...wholeNumber(fields, 'minIndex', 0),
  };
}

/** `?prefix=&after=&limit=` */
export function rangeOf(fields: Fields): Range {
  const { limit = DEFAULT_PAGE } = wholeNumber(fields, 'limit', 1, MAX_PAGE);
  return { prefix: fields.get('prefix') ?? '', after: fields.get('after') ?? null, limit };
}

/** How the keys of a range are looked at. */
export type KeyQuery =
  | { readonly type: 'list' }
  | { readonly type: 'count' }
  | { readonly type: 'tree'; readonly delimiter: string }
  | { readonly type: 'search'; readonly text: string };

/** `?delimiter=`, `?contains=` or `?count=true` */
export function queryOf(fields: Fields): KeyQuery {
  const asked: KeyQuery[] = [];
  const delimiter = fields.get('delimiter');
  const text = fields.get('contains');
  const count = fields.get('count') ?? 'false';
  if (delimiter === '') throw badRequest("delimiter='' separates nothing.");
  if (count !== 'true' && count !== 'false') {
    throw badRequest(`count='${count}' is neither true nor false.`);
  }
  if (delimiter !== undefined) asked.push({ type: 'tree', delimiter });
  if (text !== undefined) asked.push({ type: 'search', text });
  if (count === 'true') asked.push({ type: 'count' });
  if (asked.length > 1) {
    throw badRequest('Only one of delimiter, contains and count can be asked for.');
  }
  return asked[0] ?? { type: 'list' };
}
