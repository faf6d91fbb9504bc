import type { Problem } from '../failure.js';
import type { KeyOperation } from './kv-request.js';

/** What a node answered, by the verb that was asked. */
export type KvAnswer =
  | { readonly verb: 'set'; readonly index: number; readonly term: number }
  | {
      readonly verb: 'remove';
      readonly index: number;
      readonly term: number;
      readonly existed: boolean;
    }
  /** `found` is null when there is no such key. */
  | { readonly verb: 'get'; readonly found: Found | null };

export interface Found {
  /** null when the bytes are no UTF-8 text. */
  readonly text: string | null;
  readonly bytes: number;
  /** Index of the entry that wrote it; null when the node does not say. */
  readonly index: number | null;
}

/** One request about one key, from the asking to the answer. */
export interface KvExchange {
  readonly id: number;
  readonly node: string;
  readonly operation: KeyOperation;
  readonly curl: string;
  readonly result:
    | { readonly state: 'requested' }
    | { readonly state: 'answered'; readonly answer: KvAnswer; readonly tookMs: number }
    | { readonly state: 'failed'; readonly problem: Problem };
}
