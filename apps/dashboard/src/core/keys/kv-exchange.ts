import type { Problem } from '../failure.js';
import type { FollowedWrite } from '../writes/life.js';
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

/** A value, and where it comes from. */
export interface Found {
  readonly value: Uint8Array<ArrayBuffer>;
  /** Index of the entry that wrote it. */
  readonly index: number;
  /** Index of the entry that first wrote the key, and how often it was written since: 1 at first. */
  readonly createdIndex: number;
  readonly version: number;
}

/** One request about one key, from the asking to the answer. */
export interface KvExchange {
  readonly id: number;
  readonly node: string;
  readonly operation: KeyOperation;
  readonly curl: string;
  /** What follows a write through the cluster; null for a read. */
  readonly write: FollowedWrite | null;
  readonly result:
    | { readonly state: 'requested' }
    | { readonly state: 'answered'; readonly answer: KvAnswer; readonly tookMs: number }
    | { readonly state: 'failed'; readonly problem: Problem };
}
