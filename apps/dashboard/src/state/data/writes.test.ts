import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeStore } from '../../../test/fake-store.js';
import { Writes } from './writes.svelte.js';

const address = { id: 'n1', url: 'http://localhost:8000' };
const bytes = (text: string) => new TextEncoder().encode(text);

let store: FakeStore;
let writes: Writes;

beforeEach(() => {
  store = new FakeStore();
  writes = new Writes();
  vi.stubGlobal('fetch', store.fetch);
});
afterEach(() => vi.unstubAllGlobals());

const latest = () => writes.all[0]!;

test('a write is shown as asked until the node has answered', async () => {
  const done = writes.perform(address, { verb: 'set', key: 'k', value: 'v' }, null);
  expect(latest().result).toEqual({ state: 'requested' });
  expect(latest().undo).toBeNull();
  await done;
  expect(latest().result).toEqual({ state: 'done', index: 1, term: 1 });
});

test('a removal is undone by putting the value back, if nobody has written the key', async () => {
  const index = store.set('k', 'v');
  await writes.perform(address, { verb: 'remove', key: 'k', condition: { index } }, bytes('v'));
  expect(store.get('k')).toBeNull();
  await writes.undo(latest(), address);
  expect(store.get('k')).toBe('v');
  expect(latest()).toMatchObject({ isUndo: true, result: { state: 'done' } });
});

test('an undo gives way to who wrote meanwhile', async () => {
  store.set('k', 'v');
  await writes.perform(address, { verb: 'remove', key: 'k' }, bytes('v'));
  store.set('k', 'theirs');
  await writes.undo(latest(), address);
  expect(store.get('k')).toBe('theirs');
  expect(latest()).toMatchObject({ isUndo: true, result: { state: 'refused' }, undo: null });
});

test('a set is undone to what was there, and the undo too', async () => {
  store.set('k', 'old');
  await writes.perform(address, { verb: 'set', key: 'k', value: 'new' }, bytes('old'));
  await writes.undo(latest(), address);
  expect(store.get('k')).toBe('old');
  await writes.undo(latest(), address);
  expect(store.get('k')).toBe('new');
});

test('a new key is undone by removing it, once', async () => {
  await writes.perform(address, { verb: 'set', key: 'k', value: 'v' }, null);
  const [write] = writes.all;
  await writes.undo(write!, address);
  expect(store.get('k')).toBeNull();
  expect(writes.all.find(({ id }) => id === write!.id)?.undo).toBeNull();
});

test('a failure says so, and can not be undone', async () => {
  store.failure = { status: 503, code: 'no-leader' };
  await writes.perform(address, { verb: 'set', key: 'k', value: 'v' }, null);
  expect(latest()).toMatchObject({
    result: { state: 'failed', problem: { code: 'no-leader', asked: 'change' } },
    undo: null,
  });
});

test('the latest writes are kept', async () => {
  for (let i = 0; i < 12; i++) {
    await writes.perform(address, { verb: 'set', key: `k${i}`, value: '' }, null);
  }
  expect(writes.all.map(({ operation }) => operation.key)).toEqual(
    Array.from({ length: 8 }, (_, i) => `k${11 - i}`),
  );
});
