import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeStore } from '../../../test/fake-store.js';
import { DataDesk } from './data-desk.svelte.js';

const source = {
  address: { id: 'n1', url: 'http://localhost:8000' },
  consistency: 'linearizable',
} as const;

let store: FakeStore;
let data: DataDesk;

beforeEach(async () => {
  store = new FakeStore();
  for (const key of ['a/1', 'b']) store.set(key, 'v');
  vi.stubGlobal('fetch', store.fetch);
  data = new DataDesk();
  data.ask(source, '');
  await vi.waitFor(() => expect(labels()).toEqual(['a/', 'b']));
});
afterEach(() => {
  data.close();
  vi.unstubAllGlobals();
});

function labels(): string[] {
  const { rows } = data.browser;
  const all = Array.from({ length: rows.length }, (_, at) => rows.at(at)!);
  return all.map((row) => (row.kind === 'rest' ? row.state : row.label));
}
const told = (key: string, index: number, bytes: number | null = 1) =>
  data.told({ index, changes: [{ key, index, bytes }] }, 0);

test('what the node tells stands in the tree and lights up', () => {
  told('c', 9);
  expect(labels()).toEqual(['a/', 'b', 'c']);
  expect([...data.fresh.keys()]).toEqual(['c']);
  told('b', 10, null);
  expect(labels()).toEqual(['a/', 'c']);
});

test('the key that is looked at is read again when it changes', async () => {
  data.show('b');
  await vi.waitFor(() => expect(data.open?.found?.index).toBe(2));
  told('b', store.set('b', 'new'));
  await vi.waitFor(() => expect(data.open?.found?.index).toBe(3));
  expect(data.open?.change).toBeNull();
});

test('while it is edited it stays as it was read, and says that it has changed', async () => {
  data.show('b');
  await vi.waitFor(() => expect(data.open?.found).not.toBeNull());
  data.startEdit();
  const asked = store.asked.length;
  told('b', store.set('b', 'new'));
  expect(data.open?.change).toMatchObject({ key: 'b', index: 3 });
  expect(data.open?.found?.index).toBe(2);
  expect(store.asked).toHaveLength(asked);
});

test('after a lost connection everything is read once more', async () => {
  const start = { index: 2, changes: [] };
  data.told(start, 0);
  store.set('z', 'v');
  data.told(start, 0);
  await vi.waitFor(() => expect(labels()).toEqual(['a/', 'b', 'z']));
});

test('when more changes than can be named the tree says that it may be old', async () => {
  store.set('z', 'v');
  data.told({ index: 3, changes: null }, 0);
  expect(data.browser.isOutdated).toBe(true);
  data.refresh();
  await vi.waitFor(() => expect(labels()).toEqual(['a/', 'b', 'z']));
  expect(data.browser.isOutdated).toBe(false);
});

test('what cannot be read leaves what was there, and is read when there is a leader again', async () => {
  store.failure = { status: 503, code: 'no-leader' };
  data.refresh();
  await vi.waitFor(() => expect(data.browser.problem).toMatchObject({ code: 'no-leader' }));
  expect(labels()).toEqual(['a/', 'b']);
  store.failure = null;
  store.set('z', 'v');
  data.retry();
  await vi.waitFor(() => expect(labels()).toEqual(['a/', 'b', 'z']));
  expect(data.browser.problem).toBeNull();
});

test('a group that is opened is read, page after page', async () => {
  for (const key of ['a/2', 'a/3']) store.set(key, 'v');
  store.pageSize = 2;
  data.browser.toggle('a/');
  await vi.waitFor(() => expect(labels()).toEqual(['a/', '1', '2', 'more', 'b']));
  data.browser.more('a/');
  await vi.waitFor(() => expect(labels()).toEqual(['a/', '1', '2', '3', 'b']));
  data.browser.toggle('a/');
  expect(labels()).toEqual(['a/', 'b']);
});
