import { compareKeys } from '@quorate/contract';
import sortedBTree from 'sorted-btree';

/** A value, and where it comes from. */
export interface StoredValue {
  readonly value: Uint8Array;
  /** Index of the entry that wrote it. */
  readonly index: number;
  /** Index of the entry that first wrote the key, and how often it was written since: 1 at first. */
  readonly createdIndex: number;
  readonly version: number;
}

export type StoredEntry = readonly [key: string, stored: StoredValue];

export interface StoredKey extends StoredValue {
  readonly key: string;
}

/** All keys, in the order of their UTF-8 bytes. */
export type StoredKeys = ReturnType<typeof noKeys>;

/** The same for those who only look. */
export type KeysView = Pick<
  StoredKeys,
  'size' | 'get' | 'keys' | 'entries' | 'clone' | 'getPairOrNextHigher' | 'nextHigherPair'
>;

export function noKeys() {
  return new sortedBTree.default<string, StoredValue>(undefined, compareKeys);
}
