import { compareKeys, type KeyTree } from '@quorate/contract';
import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { problemOf } from '../failure.js';
import { nameOf, type TreeItem } from './branch.js';
import { groupsAround, KeyTreeModel } from './key-tree.js';
import { type Row, TreeRows } from './tree-rows.js';

function rowsOf(tree: KeyTreeModel): Row[] {
  const rows = TreeRows.of(tree);
  return Array.from({ length: rows.length }, (_, at) => rows.at(at)!);
}

/** What a node would answer that holds these keys. */
function page(
  keys: ReadonlyMap<string, number>,
  prefix: string,
  after: string | null,
  limit: number,
): KeyTree {
  const items = new Map<string, TreeItem>();
  for (const key of [...keys.keys()].sort(compareKeys)) {
    if (!key.startsWith(prefix)) continue;
    const end = key.indexOf('/', prefix.length);
    const item: TreeItem =
      end === -1
        ? { kind: 'key', key, index: keys.get(key)!, bytes: 1 }
        : { kind: 'group', prefix: key.slice(0, end + 1) };
    if (after === null || compareKeys(nameOf(item), after) > 0) items.set(nameOf(item), item);
  }
  const all = [...items.values()];
  const shown = all.slice(0, limit);
  return { items: shown, next: all.length > limit ? nameOf(shown.at(-1)!) : null };
}

const names = (tree: KeyTreeModel, prefix: string) => tree.branch(prefix)?.items.map(nameOf) ?? [];

const key = fc
  .array(fc.constantFrom('a', 'b', 'ü', '\u{1F600}'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));
const change = fc.record({ key, removed: fc.boolean() });

test.prop([fc.uniqueArray(key), fc.array(change), fc.integer({ min: 1, max: 3 })])(
  'changes that are told leave the tree as reading it anew would',
  (start, changes, limit) => {
    const keys = new Map(start.map((key, i) => [key, i + 1]));
    const tree = new KeyTreeModel();
    const read = (prefix: string) => tree.took(prefix, null, page(keys, prefix, null, limit));
    // The root by one page, so that something is left behind it; a group as a whole.
    read('');
    tree.open('a/');
    tree.took('a/', null, page(keys, 'a/', null, Infinity));
    changes.forEach(({ key, removed }, i) => {
      const index = 1000 + i;
      if (removed && !keys.delete(key)) return;
      if (!removed) keys.set(key, index);
      tree.apply({ key, index, bytes: removed ? null : 1 });
    });
    for (const prefix of ['', 'a/']) {
      const { items, next } = tree.branch(prefix)!;
      const now = page(keys, prefix, null, Infinity).items.filter(
        (item) => next === null || compareKeys(nameOf(item), next) <= 0,
      );
      // Of a group that nobody looked into nobody knows when it is empty.
      const known = (item: TreeItem) => item.kind === 'key';
      expect(items.filter(known)).toEqual(now.filter(known));
      for (const item of now) expect(items).toContainEqual(item);
      expect(items.map(nameOf)).toEqual(items.map(nameOf).toSorted(compareKeys));
    }
  },
);

test('a group whose last key is removed goes with it, if it was looked into', () => {
  const keys = new Map([['a/1', 1]]);
  const tree = new KeyTreeModel();
  tree.took('', null, page(keys, '', null, 5));
  tree.took('a/', null, page(keys, 'a/', null, 5));
  tree.apply({ key: 'a/1', index: 2, bytes: null });
  expect(tree.branch('')?.items).toEqual([]);
});

test('a page that was on its way does not undo what was told meanwhile', () => {
  const tree = new KeyTreeModel();
  const key = (key: string, index: number): TreeItem => ({ kind: 'key', key, index, bytes: 1 });
  tree.took('', null, { items: [key('a', 1), key('b', 2)], next: null });
  tree.apply({ key: 'a', index: 3, bytes: null });
  tree.apply({ key: 'b', index: 4, bytes: 1 });
  tree.apply({ key: 'c', index: 5, bytes: 1 });
  // One page is of before all that, another of after.
  tree.took('', null, { items: [key('a', 1), key('b', 2)], next: null });
  expect(tree.branch('')?.items).toEqual([key('b', 4), key('c', 5)]);
  tree.took('', null, { items: [key('a', 7), key('b', 6), key('c', 5)], next: null });
  expect(tree.branch('')?.items).toEqual([key('a', 7), key('b', 6), key('c', 5)]);
});

test('pages follow each other, and the first one replaces all', () => {
  const keys = new Map(['a', 'b', 'c'].map((key) => [key, 1]));
  const tree = new KeyTreeModel();
  tree.took('', null, page(keys, '', null, 2));
  expect(names(tree, '')).toEqual(['a', 'b']);
  tree.took('', 'b', page(keys, '', 'b', 2));
  expect(names(tree, '')).toEqual(['a', 'b', 'c']);
  tree.took('', null, page(keys, '', null, 2));
  expect(names(tree, '')).toEqual(['a', 'b']);
});

test('the rows show what is open, and what else there is', () => {
  const keys = new Map(['a/1', 'a/2', 'b', 'c'].map((key) => [key, 1]));
  const tree = new KeyTreeModel();
  const labels = () =>
    rowsOf(tree).map((row) => `${row.level} ${row.kind === 'rest' ? row.state : row.label}`);
  expect(labels()).toEqual(['1 reading']);
  tree.took('', null, page(keys, '', null, 2));
  expect(labels()).toEqual(['1 a/', '1 b', '1 more']);
  tree.open('a/');
  tree.reading('a/');
  expect(labels()).toEqual(['1 a/', '2 reading', '1 b', '1 more']);
  tree.took('a/', null, page(keys, 'a/', null, 5));
  expect(labels()).toEqual(['1 a/', '2 1', '2 2', '1 b', '1 more']);
  tree.failed('', problemOf(new Error('gone'), 'read'));
  expect(labels().at(-1)).toBe('1 failed');
  tree.close('a/');
  expect(tree.branch('a/')).toBeNull();
  tree.took('', null, { items: [], next: null });
  expect(labels()).toEqual(['1 empty']);
});

test('a tree holds no more than a page can, and says when it is full', () => {
  const items = Array.from({ length: 100_000 }, (_, i): TreeItem => {
    return { kind: 'key', key: `k${i}`, index: 1, bytes: 1 };
  });
  const tree = new KeyTreeModel();
  tree.took('', null, { items, next: 'k99999' });
  expect(tree.isFull).toBe(true);
  expect(rowsOf(tree).at(-1)).toMatchObject({ kind: 'rest', state: 'full' });
  tree.took('', null, { items: items.slice(0, 10), next: 'k9' });
  expect(tree.isFull).toBe(false);
});

test('a key stands in all groups around it', () => {
  expect(groupsAround('a/b/c')).toEqual(['a/', 'a/b/']);
  expect(groupsAround('a/b/')).toEqual(['a/', 'a/b/']);
  expect(groupsAround('a')).toEqual([]);
});

test('every row is found where it stands, and others nowhere', () => {
  const keys = new Map(['a', 'a/1', 'a/b/1', 'a/b/2', 'b', 'c/1'].map((key) => [key, 1]));
  const tree = new KeyTreeModel();
  for (const prefix of ['', 'a/', 'a/b/', 'c/']) {
    if (prefix !== '') tree.open(prefix);
    tree.took(prefix, null, page(keys, prefix, null, 3));
  }
  const rows = TreeRows.of(tree);
  const all = rowsOf(tree);
  expect(all.map(({ id }) => rows.indexOf(id))).toEqual(all.map((_, at) => at));
  expect(all.find(({ id }) => id === 'key a/b/2')).toMatchObject({
    level: 3,
    position: 2,
    size: 2,
    under: 'a/b/',
    label: '2',
  });
  for (const id of ['key c', 'group a', 'rest b/', 'key ']) expect(rows.indexOf(id)).toBe(-1);
  expect(rows.at(-1)).toBeNull();
  expect(rows.at(rows.length)).toBeNull();
});
