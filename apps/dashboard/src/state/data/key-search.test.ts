import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeStore } from '../../../test/fake-store.js';
import { KeySearch } from './key-search.svelte.js';

const source = {
  address: { id: 'n1', url: 'http://localhost:8000' },
  consistency: 'local',
} as const;

let store: FakeStore;

beforeEach(() => {
  store = new FakeStore();
  vi.stubGlobal('fetch', store.fetch);
});
afterEach(() => vi.unstubAllGlobals());

const keysOf = ({ rows }: KeySearch) =>
  Array.from({ length: rows.length }, (_, at) => rows.at(at)?.id);
const settled = (search: KeySearch) => vi.waitFor(() => expect(search.state).not.toBe('searching'));

test('the search goes on through answers without a hit', async () => {
  for (let i = 10; i < 50; i++) store.set(`k${i}`, '');
  store.pageSize = 10;
  const search = new KeySearch();
  search.find(source, '49');
  await settled(search);
  expect(search.state).toBe('done');
  expect(keysOf(search)).toEqual(['key k49']);
  expect(store.asked).toHaveLength(4);
});

test('after many hits it asks whether to go on', async () => {
  for (let i = 0; i < 700; i++) store.set(`k${String(i).padStart(3, '0')}`, '');
  store.pageSize = 500;
  const search = new KeySearch();
  search.find(source, 'k');
  await settled(search);
  expect(search).toMatchObject({ state: 'paused', reached: 'k499' });
  search.more();
  await settled(search);
  expect(search.state).toBe('done');
  expect(search.rows.length).toBe(700);
});

test('another text replaces a search that is under way', async () => {
  for (const key of ['a', 'b']) store.set(key, '');
  const search = new KeySearch();
  search.find(source, 'a');
  search.find(source, 'b');
  await settled(search);
  expect(keysOf(search)).toEqual(['key b']);
});

test('where it failed it can go on', async () => {
  store.set('a', '');
  store.failure = { status: 503, code: 'no-leader' };
  const search = new KeySearch();
  search.find(source, 'a');
  await settled(search);
  expect(search).toMatchObject({ state: 'failed', problem: { code: 'no-leader' } });
  store.failure = null;
  search.more();
  await settled(search);
  expect(search).toMatchObject({ state: 'done', problem: null });
});
