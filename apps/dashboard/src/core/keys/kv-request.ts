import type { Consistency } from '@quorate/contract';

/** One thing to do with one key, at one node. */
export type KeyOperation =
  | { readonly verb: 'set'; readonly key: string; readonly value: string }
  | { readonly verb: 'get'; readonly key: string; readonly consistency: Consistency }
  | { readonly verb: 'remove'; readonly key: string };

/** One page of the keys of one node. */
export interface ListOperation {
  readonly verb: 'list';
  readonly prefix: string;
  /** The page begins after this key; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
  readonly consistency: Consistency;
}

export interface KvRequest {
  readonly method: 'PUT' | 'GET' | 'DELETE';
  readonly url: string;
  readonly body: string | null;
}

/** @param base origin of the node, as `http://localhost:8000` */
export function requestOf(base: string, operation: KeyOperation | ListOperation): KvRequest {
  switch (operation.verb) {
    case 'set':
      return { method: 'PUT', url: keyUrl(base, operation.key), body: operation.value };
    case 'get':
      return {
        method: 'GET',
        url: `${keyUrl(base, operation.key)}${query(readLevel(operation.consistency))}`,
        body: null,
      };
    case 'remove':
      return { method: 'DELETE', url: keyUrl(base, operation.key), body: null };
    case 'list':
      return {
        method: 'GET',
        url: `${base}/kv${query({
          ...(operation.prefix === '' ? {} : { prefix: operation.prefix }),
          limit: String(operation.limit),
          ...(operation.after === null ? {} : { after: operation.after }),
          ...readLevel(operation.consistency),
        })}`,
        body: null,
      };
  }
}

/** The line for a terminal that asks the same. */
export function curlOf({ method, url, body }: KvRequest): string {
  return [
    'curl',
    ...(method === 'GET' ? [] : ['-X', method]),
    ...(body === null ? [] : ['--data-binary', shellQuoted(body)]),
    shellQuoted(url),
  ].join(' ');
}

const keyUrl = (base: string, key: string) => `${base}/kv/${encodeURIComponent(key)}`;

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
