import type { Consistency } from '@quorate/contract';

/** What a write must find, or else change nothing: the index of the entry that wrote it, null for no such key. */
export interface Condition {
  readonly index: number | null;
}

/** One thing to do with one key, at one node. */
export type KeyOperation =
  | {
      readonly verb: 'set';
      readonly key: string;
      readonly value: string | Uint8Array<ArrayBuffer>;
      readonly condition?: Condition | undefined;
    }
  | { readonly verb: 'get'; readonly key: string; readonly consistency: Consistency }
  | { readonly verb: 'remove'; readonly key: string; readonly condition?: Condition | undefined };

interface Page {
  readonly prefix: string;
  /** The page begins behind this; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
  readonly consistency: Consistency;
}

/** One page of the keys of one node: as a tree, or those with a text in them. */
export type PageOperation =
  ({ readonly verb: 'tree' } & Page) | ({ readonly verb: 'search'; readonly text: string } & Page);

/** Something about all keys of a prefix. */
export type PrefixOperation =
  | { readonly verb: 'count'; readonly prefix: string; readonly consistency: Consistency }
  | { readonly verb: 'remove-prefix'; readonly prefix: string };

export interface KvRequest {
  readonly method: 'PUT' | 'GET' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}

/** Keys are grouped by the parts that this separates. */
export const delimiter = '/';

/** @param base origin of the node, as `http://localhost:8000` */
export function requestOf(
  base: string,
  operation: KeyOperation | PageOperation | PrefixOperation,
): KvRequest {
  switch (operation.verb) {
    case 'set': {
      const { key, value, condition } = operation;
      const url = keyUrl(base, key);
      return { method: 'PUT', url, headers: conditionHeaders(condition), body: value };
    }
    case 'get': {
      const { key, consistency } = operation;
      return get(`${keyUrl(base, key)}${query(readLevel(consistency))}`);
    }
    case 'remove': {
      const { key, condition } = operation;
      const url = keyUrl(base, key);
      return { method: 'DELETE', url, headers: conditionHeaders(condition), body: null };
    }
    case 'tree':
      return get(`${base}/kv${query({ ...pageOf(operation), delimiter })}`);
    case 'search':
      return get(`${base}/kv${query({ ...pageOf(operation), contains: operation.text })}`);
    case 'count': {
      const { prefix, consistency } = operation;
      return get(`${base}/kv${query({ prefix, count: 'true', ...readLevel(consistency) })}`);
    }
    case 'remove-prefix': {
      const url = `${base}/kv${query({ prefix: operation.prefix })}`;
      return { method: 'DELETE', url, headers: {}, body: null };
    }
  }
}

/** The line for a terminal that asks the same. Bytes that are no text would come from a file. */
export function curlOf({ method, url, headers, body }: KvRequest): string {
  return [
    'curl',
    ...(method === 'GET' ? [] : ['-X', method]),
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', shellQuoted(`${name}: ${value}`)]),
    ...(body === null
      ? []
      : ['--data-binary', typeof body === 'string' ? shellQuoted(body) : '@value.bin']),
    shellQuoted(url),
  ].join(' ');
}

const get = (url: string): KvRequest => ({ method: 'GET', url, headers: {}, body: null });

const keyUrl = (base: string, key: string) => `${base}/kv/${encodeURIComponent(key)}`;

function conditionHeaders(condition: Condition | undefined): Readonly<Record<string, string>> {
  if (condition === undefined) return {};
  const { index } = condition;
  return index === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${index}"` };
}

function pageOf({ prefix, limit, after, consistency }: Page): Record<string, string> {
  return {
    ...(prefix === '' ? {} : { prefix }),
    limit: String(limit),
    ...(after === null ? {} : { after }),
    ...readLevel(consistency),
  };
}

/** The default is not spelt out. */
const readLevel = (consistency: Consistency): Record<string, string> =>
  consistency === 'linearizable' ? {} : { consistency };

function query(parameters: Record<string, string>): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
