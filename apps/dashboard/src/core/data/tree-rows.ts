import type { KeySearch } from '@quorate/contract';
import type { Problem } from '../failure.js';
import type { KeyTreeModel } from './key-tree.js';

interface Place {
  /** Unique among the rows. */
  readonly id: string;
  /** 1 at the root. */
  readonly level: number;
  /** Among its siblings, from 1 on, and how many they are: -1 when nobody knows yet. */
  readonly position: number;
  readonly size: number;
}

/** One line of the tree. */
export type Row =
  | (Place & {
      readonly kind: 'group';
      readonly prefix: string;
      readonly label: string;
      readonly isOpen: boolean;
    })
  | (Place & {
      readonly kind: 'key';
      readonly key: string;
      readonly label: string;
      readonly bytes: number;
      readonly index: number;
    })
  /** What else is in a branch, or why it cannot be told. */
  | (Place & {
      readonly kind: 'rest';
      readonly prefix: string;
      readonly state: 'more' | 'reading' | 'failed' | 'full' | 'empty';
      readonly problem: Problem | null;
    });

/** The tree as lines, from a prefix on: what is open, with all that was read of it. */
export function treeRows(tree: KeyTreeModel, root: string): Row[] {
  const rows: Row[] = [];
  addBranch(rows, tree, root, 1);
  return rows;
}

function addBranch(rows: Row[], tree: KeyTreeModel, prefix: string, level: number): void {
  const { items, next, problem } = tree.branch(prefix) ?? unread;
  const size = next === null ? items.length : -1;
  items.forEach((item, at) => {
    const place = { level, position: at + 1, size };
    if (item.kind === 'key') {
      rows.push(keyRow(item, prefix, place));
      return;
    }
    const isOpen = tree.isOpen(item.prefix);
    const label = item.prefix.slice(prefix.length);
    rows.push({ ...item, ...place, id: groupId(item.prefix), label, isOpen });
    if (isOpen) addBranch(rows, tree, item.prefix, level + 1);
  });
  const state = restOf(tree, prefix);
  if (state === null) return;
  const place = { level, position: items.length + 1, size };
  rows.push({ kind: 'rest', id: `rest ${prefix}`, ...place, prefix, state, problem });
}

const unread = { items: [], next: '', problem: null };

export const keyId = (key: string) => `key ${key}`;
export const groupId = (prefix: string) => `group ${prefix}`;

function keyRow(
  { key, bytes, index }: KeySearch['items'][number],
  prefix: string,
  place: Omit<Place, 'id'>,
): Row {
  // A key may be all of the prefix that it stands under.
  const label = key.slice(prefix.length) || key;
  return { kind: 'key', id: keyId(key), ...place, key, label, bytes, index };
}

function restOf(tree: KeyTreeModel, prefix: string) {
  const branch = tree.branch(prefix);
  if (branch === null) return 'reading';
  if (branch.state !== 'read') return branch.state;
  if (branch.next !== null) return tree.isFull ? 'full' : 'more';
  return branch.items.length === 0 ? 'empty' : null;
}

/** What a search has found, each key with its whole name. */
export function foundRows(items: KeySearch['items']): Row[] {
  return items.map((item, at) => {
    return keyRow(item, '', { level: 1, position: at + 1, size: items.length });
  });
}
