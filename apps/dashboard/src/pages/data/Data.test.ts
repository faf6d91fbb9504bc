import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { FakeStore } from '../../../test/fake-store.js';
import { leading, status } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import type { Desk } from '../../state/desk.svelte.js';
import Data from './Data.svelte';

let store: FakeStore;
let desk: Desk;

beforeEach(() => {
  store = new FakeStore();
  store.set('config/motd', 'hello');
  store.set('config/limits', '{"bytes":12345678901234567890}');
  store.set('greeting', 'hi');
  vi.stubGlobal('fetch', store.fetch);
});
afterEach(() => {
  vi.unstubAllGlobals();
  window.location.hash = '';
});

/** The page at an address, with a cluster that n1 leads, or another. */
function visit(hash: string, view = observed()): void {
  window.location.hash = hash;
  desk = deskSeeing(view);
  window.addEventListener('hashchange', desk.router.moved);
  render(Data, { context: around(desk) });
}

/** The same, with its keys read. */
async function open(hash: string, view = observed()): Promise<void> {
  visit(hash, view);
  await screen.findByRole('tree');
}

const rows = () => screen.getAllByRole('treeitem').map((row) => row.textContent.trim());
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const press = (key: string) => fireEvent.keyDown(screen.getByRole('tree'), { key });
const activeRow = () => {
  const id = screen.getByRole('tree').getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.textContent.trim() ?? null;
};

test('groups stand in the tree with the keys, and open by a click', async () => {
  await open('#/data');
  expect(rows()[0]).toBe('config/');
  await fireEvent.click(screen.getAllByRole('treeitem')[0]!);
  await screen.findByText('motd');
  expect(screen.getAllByRole('treeitem')[0]?.getAttribute('aria-expanded')).toBe('true');
  await vi.waitFor(() => expect(desk.router.params.prefix).toBe('config/'));
});

test('the tree can be walked by keys', async () => {
  await open('#/data');
  await press('ArrowRight');
  await screen.findByText('motd');
  await press('ArrowDown');
  expect(activeRow()).toContain('limits');
  await press('End');
  expect(activeRow()).toContain('greeting');
  await press('Home');
  await press('ArrowLeft');
  expect(screen.queryByText('motd')).toBeNull();
  await press('ArrowDown');
  await press('Enter');
  await vi.waitFor(() => expect(desk.router.params.key).toBe('greeting'));
});

test('an address leads to its key, with the groups around it open', async () => {
  await open('#/data?key=config%2Fmotd');
  await screen.findByText('hello');
  expect(screen.getByRole('treeitem', { selected: true }).textContent).toContain('motd');
  expect(screen.getByTestId('key').querySelector('[data-field=index]')?.textContent).toBe('1');
});

test('JSON is laid out without a change to its numbers, and every value can be seen as bytes', async () => {
  await open('#/data?key=config%2Flimits');
  await screen.findByRole('tab', { name: 'JSON', selected: true });
  expect(screen.getByRole('tabpanel').textContent).toContain('"bytes": 12345678901234567890');
  await fireEvent.click(screen.getByRole('tab', { name: 'Hex' }));
  await screen.findByText('000000');
  expect(desk.router.params.view).toBe('hex');
});

test('a key that is not there can be made', async () => {
  await open('#/data?key=absent');
  await screen.findByText('There is no such key.');
  await fireEvent.click(button('Make it'));
  expect(screen.getByLabelText<HTMLInputElement>('Key').value).toBe('absent');
});

test('who was quicker is shown line by line, and can be taken', async () => {
  await open('#/data?key=greeting');
  await screen.findByText('hi');
  await fireEvent.click(button('Edit'));
  await fireEvent.input(screen.getByLabelText('Value'), { target: { value: 'mine' } });
  store.set('greeting', 'theirs');
  await fireEvent.click(button('Save'));
  const conflict = await screen.findByTestId('conflict');
  expect(
    within(conflict).getByText('Somebody else was quicker. Nothing was written.'),
  ).toBeTruthy();
  const diff = within(conflict).getByRole('region', { name: 'Theirs against yours' });
  expect(diff.querySelector('.theirs')?.textContent).toContain('theirs');
  expect(diff.querySelector('.yours')?.textContent).toContain('mine');
  await fireEvent.click(button('Take theirs'));
  await screen.findByTestId('key');
  await vi.waitFor(() => expect(screen.getByRole('tabpanel').textContent).toContain('theirs'));
});

test('a deleted key can be put back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true });
  await open('#/data?key=greeting');
  await screen.findByText('hi');
  await fireEvent.click(button('Delete greeting'));
  expect(store.get('greeting')).toBe('hi');
  await vi.advanceTimersByTimeAsync(400);
  await fireEvent.click(button('Confirm delete greeting'));
  await screen.findByText('There is no such key.');
  expect(store.get('greeting')).toBeNull();
  await fireEvent.click(button('Undo what was done to greeting'));
  await screen.findByText('hi');
  vi.useRealTimers();
});

test('many keys are deleted only when their number was typed', async () => {
  for (let i = 0; i < 101; i++) store.set(`many/${i}`, '');
  await open('#/data?prefix=many%2F');
  await screen.findByText('101 keys');
  await fireEvent.click(button('Delete all of them…'));
  const number = await screen.findByLabelText('Type 101 to confirm');
  expect(button('Delete 101 keys').disabled).toBe(true);
  await fireEvent.input(number, { target: { value: '101' } });
  await fireEvent.click(button('Delete 101 keys'));
  await screen.findByText('101 keys deleted.');
  expect(store.size).toBe(3);
});

test('a search shows keys with their whole names', async () => {
  await open('#/data');
  await fireEvent.input(screen.getByLabelText('Search keys'), { target: { value: 'motd' } });
  await screen.findByText('1 key found');
  expect(rows()).toEqual([expect.stringContaining('config/motd')]);
});

test('the same key at every node tells who has another', async () => {
  await open('#/data?key=greeting');
  await screen.findByText('hi');
  const fetch = store.fetch;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    url.startsWith('http://localhost:8002') ? Promise.reject(new Error('down')) : fetch(url, init),
  );
  const copies = screen.getByTestId<HTMLDetailsElement>('copies');
  copies.open = true;
  await fireEvent(copies, new Event('toggle'));
  await screen.findByText(
    /2 nodes have answered, and all have the same\..*1 node does not answer\./,
  );
  expect(copies.querySelector('[data-copy=n2]')?.getAttribute('data-comparison')).toBe('same');
});

test('without a leader writes say why not, and reads offer what the node has', async () => {
  store.failure = { status: 503, code: 'no-leader' };
  const words = { words: status('n1', { leader: null }) };
  visit('#/data?key=greeting', observed({ n1: words, n2: { words: null }, n3: { words: null } }));
  await screen.findAllByText(/refused: no-leader/);
  expect(button('New key').disabled).toBe(true);
  store.failure = null;
  await fireEvent.click(screen.getAllByRole('button', { name: 'Read what n1 has' })[0]!);
  await screen.findByText('hi');
  expect(desk.router.params.level).toBe('local');
  expect(button('Edit').disabled).toBe(true);
});

test('another node is asked when it is chosen', async () => {
  await open('#/data', observed({ n1: { words: leading() } }));
  const asked: string[] = [];
  const { fetch } = store;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push(new URL(url).port);
    return fetch(url, init);
  });
  await fireEvent.change(screen.getByLabelText('Ask'), { target: { value: 'n3' } });
  await vi.waitFor(() => expect(asked).toContain('8002'));
  expect(screen.getByRole('tree').getAttribute('aria-label')).toBe('Keys at n3');
});

test('an empty store offers to write the first key', async () => {
  store = new FakeStore();
  vi.stubGlobal('fetch', store.fetch);
  visit('#/data');
  await fireEvent.click(await screen.findByRole('button', { name: 'Write the first key' }));
  await fireEvent.input(screen.getByLabelText('Key'), { target: { value: 'first' } });
  await fireEvent.click(button('Save'));
  await vi.waitFor(() => expect(store.get('first')).toBe(''));
});

test('of 50,000 keys only those in sight are in the page', async () => {
  const items = Array.from({ length: 50_000 }, (_, i) => {
    return { kind: 'key', key: `k${String(i).padStart(5, '0')}`, bytes: 1, index: 1 };
  });
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items, next: null, keys: 50_000 })));
  await open('#/data');
  expect(screen.getAllByRole('treeitem').length).toBeLessThan(60);
  await press('End');
  expect(activeRow()).toContain('k49999');
});
