import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeStore } from '../../../test/fake-store.js';
import { PrefixRemoval } from './prefix-removal.svelte.js';

const address = { id: 'n1', url: 'http://localhost:8000' };

let store: FakeStore;

beforeEach(() => {
  store = new FakeStore();
  for (let i = 0; i < 25; i++) store.set(`a/${String(i).padStart(2, '0')}`, 'v');
  store.set('b', 'v');
  store.pageSize = 10;
  vi.stubGlobal('fetch', store.fetch);
});
afterEach(() => vi.unstubAllGlobals());

const removals = () => store.asked.filter((request) => request.startsWith('DELETE')).length;

test('what would go is counted and shown in part, and nothing is removed', async () => {
  const removal = new PrefixRemoval('a/', address);
  await removal.count('linearizable');
  expect(removal).toMatchObject({ state: 'ready', extent: { keys: 25 } });
  expect(removal.extent?.sample[0]).toBe('a/00');
  expect(store.size).toBe(26);
});

test('all keys of the prefix go, round by round, and no other', async () => {
  const removal = new PrefixRemoval('a/', address);
  await removal.run();
  expect(removal).toMatchObject({ state: 'done', removed: 25 });
  expect(removals()).toBe(3);
  expect(store.get('b')).toBe('v');
});

test('it can be stopped between rounds, and says what is gone', async () => {
  const removal = new PrefixRemoval('a/', address);
  const running = removal.run();
  removal.stop();
  await running;
  expect(removal).toMatchObject({ state: 'stopped', removed: 10 });
  expect(store.size).toBe(16);
});

test('a round that fails ends it, with what is known', async () => {
  const removal = new PrefixRemoval('a/', address);
  store.failure = { status: 503, code: 'no-leader' };
  await removal.run();
  expect(removal).toMatchObject({ state: 'failed', removed: 0, problem: { code: 'no-leader' } });
});
