import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeStore } from '../../../test/fake-store.js';
import { KeyEdit } from './key-edit.svelte.js';
import { OpenKey } from './open-key.svelte.js';
import { Writes } from './writes.svelte.js';

const source = {
  address: { id: 'n1', url: 'http://localhost:8000' },
  consistency: 'linearizable',
} as const;

let store: FakeStore;

beforeEach(() => {
  store = new FakeStore();
  vi.stubGlobal('fetch', store.fetch);
});
afterEach(() => vi.unstubAllGlobals());

async function editOf(key: string): Promise<KeyEdit> {
  const open = new OpenKey(key);
  await open.read(source);
  return new KeyEdit(key, open.found, new Writes());
}

test('a draft is written while the key is as it was read', async () => {
  store.set('k', 'old');
  const edit = await editOf('k');
  expect(edit.draft).toBe('old');
  edit.draft = 'new';
  expect(await edit.save(source)).toBe(true);
  expect(store.get('k')).toBe('new');
});

test('who was quicker is not overwritten: theirs is shown against yours', async () => {
  store.set('k', 'one\ntwo');
  const edit = await editOf('k');
  edit.draft = 'one\nmine';
  const index = store.set('k', 'one\ntheirs');
  expect(await edit.save(source)).toBe(false);
  expect(store.get('k')).toBe('one\ntheirs');
  expect(edit.conflict?.theirs?.index).toBe(index);
  expect(edit.conflict?.lines).toMatchObject([
    { kind: 'same', text: 'one' },
    { kind: 'theirs', text: 'theirs' },
    { kind: 'yours', text: 'mine' },
  ]);
  expect(await edit.overwrite(source)).toBe(true);
  expect(store.get('k')).toBe('one\nmine');
});

test('overwriting gives way to a third, who came in between', async () => {
  store.set('k', 'a');
  const edit = await editOf('k');
  edit.draft = 'mine';
  store.set('k', 'second');
  await edit.save(source);
  store.set('k', 'third');
  expect(await edit.overwrite(source)).toBe(false);
  expect(store.get('k')).toBe('third');
  expect(edit.conflict?.lines).toMatchObject([{ text: 'third' }, { text: 'mine' }]);
});

test('editing again keeps the draft and knows theirs', async () => {
  store.set('k', 'a');
  const edit = await editOf('k');
  edit.draft = 'mine';
  store.set('k', 'theirs');
  await edit.save(source);
  edit.editAgain();
  expect(edit).toMatchObject({ conflict: null, draft: 'mine' });
  expect(await edit.save(source)).toBe(true);
});

test('without the guard the last one who writes wins', async () => {
  store.set('k', 'a');
  const edit = await editOf('k');
  edit.draft = 'mine';
  edit.isGuarded = false;
  store.set('k', 'theirs');
  expect(await edit.save(source)).toBe(true);
  expect(store.get('k')).toBe('mine');
});

test('a new key is made only where there is none', async () => {
  const edit = new KeyEdit('group/', null, new Writes());
  edit.key = 'taken';
  edit.draft = 'mine';
  store.set('taken', 'theirs');
  expect(await edit.save(source)).toBe(false);
  expect(store.get('taken')).toBe('theirs');
  expect(edit.conflict).not.toBeNull();
});

test('a failure is told and the draft stays', async () => {
  store.set('k', 'a');
  const edit = await editOf('k');
  edit.draft = 'mine';
  store.failure = { status: 503, code: 'no-leader' };
  expect(await edit.save(source)).toBe(false);
  expect(edit).toMatchObject({ draft: 'mine', isSaving: false, problem: { code: 'no-leader' } });
});
