import type { IncomingHttpHeaders } from 'node:http';
import { Consistency } from '@quorate/contract';
import { badRequest, type Fields } from '../http/fields.js';
import type { Range } from './kv-state-machine.js';
import type { ReadOptions, RequestOptions, WriteOptions } from './kv.service.js';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;
const MAX_TRACE = 64;
/** Values of one page; it is built and sent in one piece. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** `?forward=false`, and the headers `Idempotency-Key` and `Quorate-Trace`. */
export function writeOptions(fields: Fields, headers: IncomingHttpHeaders): WriteOptions {
  const { 'idempotency-key': key, 'quorate-trace': trace } = headers;
  return {
    ...requestOptions(fields),
    // Node joins a header that comes several times into one text.
    ...(typeof key === 'string' && { key }),
    ...(typeof trace === 'string' && { trace: checkedTrace(trace) }),
  };
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

/** `?consistency=&maxStaleMs=&minIndex=`: how fresh the state must be. */
export function readOptions(fields: Fields): ReadOptions {
  const given = fields.get('consistency') ?? 'linearizable';
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

/** The field under its own name; nothing when it is not given. */
function wholeNumber<Name extends string>(
  fields: Fields,
  name: Name,
  least: number,
): Partial<Record<Name, number>> {
  const given = fields.get(name);
  if (given === undefined) return {};
  if (!/^\d{1,15}$/.test(given) || Number(given) < least) {
    throw badRequest(`${name}='${given}' is no whole number from ${least} on.`);
  }
  return { [name]: Number(given) } as Record<Name, number>;
}

/** `?prefix=&after=&limit=` */
export function rangeOf(fields: Fields): Range {
  const limit = fields.get('limit') ?? String(DEFAULT_PAGE);
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > MAX_PAGE) {
    throw badRequest(`limit='${limit}' is no number from 1 to ${MAX_PAGE}.`);
  }
  return {
    prefix: fields.get('prefix') ?? '',
    after: fields.get('after') ?? null,
    limit: Number(limit),
    maxBytes: MAX_PAGE_BYTES,
  };
}
