import type { KeySearch } from '@quorate/contract';
import type { KeyTreeModel, TreeItem } from './key-tree.js';

interface Place {
  /** Unique among the rows. */
  readonly id: string;
  /** 1 at the root. */
  readonly level: number;
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
      readonly problem: string | null;
    });

/** The tree as lines, from a prefix on: what is open, with all that was read of it. */
export function treeRows(tree: KeyTreeModel, root: string): Row[] {
  const rows: Row[] = [];
  addBranch(rows, tree, root, 1);
  return rows;
}

function addBranch(rows: Row[], tree: KeyTreeModel, prefix: string, level: number): void {
  const branch = tree.branch(prefix);
  for (const item of branch?.items ?? []) {
    rows.push(itemRow(item, prefix, level, tree));
    if (item.kind === 'group' && tree.isOpen(item.prefix)) {
      addBranch(rows, tree, item.prefix, level + 1);
    }
  }
  const state = restOf(tree, prefix);
  if (state === null) return;
  const problem = branch?.problem ?? null;
  rows.push({ kind: 'rest', id: `rest ${prefix}`, level, prefix, state, problem });
}

function itemRow(item: TreeItem, prefix: string, level: number, tree: KeyTreeModel): Row {
  if (item.kind === 'key') {
    const { key, bytes, index } = item;
    // A key may be as long as the prefix that it stands under.
    const label = key.slice(prefix.length) || key;
    return { kind: 'key', id: `key ${key}`, level, key, label, bytes, index };
  }
  const label = item.prefix.slice(prefix.length);
  const isOpen = tree.isOpen(item.prefix);
  return { kind: 'group', id: `group ${item.prefix}`, level, prefix: item.prefix, label, isOpen };
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
  return items.map(({ key, bytes, index }) => {
    return { kind: 'key', id: `key ${key}`, level: 1, key, label: key, bytes, index };
  });
}
