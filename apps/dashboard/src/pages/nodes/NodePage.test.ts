import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { blank, killed, leading, member, process, status, three } from '../../../test/fixtures.js';
import { now, observed } from '../../../test/observed.js';
import type { ClusterView } from '../../core/cluster/cluster-view.js';
import { settleMs } from '../../state/confirmation.svelte.js';
import type { Desk } from '../../state/desk.svelte.js';
import NodePage from './NodePage.svelte';

const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string, { method, body }: RequestInit) => {
    asked.push(`${method ?? ''} ${url} ${typeof body === 'string' ? body : ''}`.trim());
    return Promise.resolve(new Response('{}'));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(id: string, view: ClusterView = observed(), desk: Desk = deskSeeing(view)) {
  render(NodePage, { props: { id }, context: around(desk) });
  return screen.getByRole('article', { name: `Node ${id}` });
}

const words = (element: Element | null) => element?.textContent.trim().replaceAll(/\s+/g, ' ');
const field = (page: HTMLElement, name: string) =>
  words(page.querySelector(`[data-field="${name}"]`));
const fact = (page: HTMLElement, name: string) =>
  words(page.querySelector(`[data-fact="${name}"]`));
/** What the node says, and what the cluster says. */
const belief = (page: HTMLElement, about: string) =>
  [...page.querySelectorAll(`[data-belief="${about}"] td`)].map(words);
const button = (name: string) => screen.getByRole('button', { name });
const buttons = () => screen.getAllByRole('button').map((one) => one.textContent.trim());

test('a leader shows its role in a word, its log, and how far its followers are', () => {
  const page = show('n1');
  expect(field(page, 'role')).toBe('Leader');
  expect(fact(page, 'term')).toBe('3');
  expect(fact(page, 'lastIndex')).toBe('10');
  const row = within(page).getByRole('row', { name: /^n2 replicating/ });
  const cells = within(row).getAllByRole('cell').map(words);
  expect(cells).toEqual(['replicating complete', '10', '11', '0', '20 ms']);
});

test('a follower says whom it believes in, and when it would stand for election', () => {
  const page = show('n2');
  expect(field(page, 'role')).toBe('Follower');
  expect(belief(page, 'leader')).toEqual(['n1', 'n1']);
  expect(fact(page, 'electionIn')).toBe('600 ms');
});

test('a belief that the cluster does not share is marked, in words too', () => {
  const page = show('n2', observed({ n2: { words: status('n2', { term: 2 }) } }));
  expect(belief(page, 'term')).toEqual(['2 ≠ (not what the cluster says)', '3']);
});

test('a killed node is down, with the age of its last words, and can be started or wiped', () => {
  const page = show('n2', observed({ n2: { process: process('n2', killed), ageMs: 12_000 } }));
  expect(field(page, 'role')).toBe('Down');
  expect(field(page, 'age')).toBe('last word 12 s ago');
  expect(fact(page, 'exit')).toBe('SIGKILL');
  expect(buttons().slice(0, 2)).toEqual(['Start', 'Wipe']);
});

test('a follower that is behind says by how much', () => {
  const page = show('n2', observed({ n2: { words: status('n2', { commitIndex: 7 }) } }));
  expect(fact(page, 'commitIndex')).toContain('7 −3');
});

test('a connection that is broken says why', () => {
  const connections = [{ id: 'n1', connected: false, error: 'ECONNREFUSED', protocol: null }];
  show('n2', observed({ n2: { words: status('n2', { connections }) } }));
  const row = within(screen.getByRole('region', { name: 'Connections' })).getByRole('listitem');
  expect(words(row)).toBe('n1 ✕ not connected ECONNREFUSED');
});

test('faults are told with their owner and the time that is left', () => {
  const fault = {
    id: 'f1',
    peer: 'n1',
    direction: 'in',
    effect: { type: 'loss', chance: 0.25 },
    owner: 'ann',
    ttlMs: 30_000,
    leftMs: 12_000,
  } as const;
  show('n2', observed({ n2: { words: status('n2', { faults: [fault] }) } }));
  const faults = within(screen.getByRole('region', { name: 'Injected faults' }));
  expect(faults.getByText('by ann, at n2')).toBeTruthy();
  expect(faults.getByText('12 s')).toBeTruthy();
});

test('a node that nobody knows is said to be unknown, with the way to the others', () => {
  render(NodePage, { props: { id: 'n9' }, context: around(deskSeeing(observed())) });
  expect(screen.getByText(/This page knows no node n9/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'All nodes' }).getAttribute('href')).toBe('#/nodes');
});

test('a node that this supervisor did not start cannot be stopped here', () => {
  const members = [...three, member('n7')];
  const view = observed({ n1: { words: leading('n1', { members }) } });
  show('n7', view);
  expect(screen.getByText(/Not started by this supervisor/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Kill/ })).toBeNull();
});

test('a blank node can be joined, through the leader', async () => {
  show('n4', observed({ n4: { words: blank('n4') } }));
  await fireEvent.click(button('Join n4'));
  expect(asked).toEqual([
    'POST http://localhost:8000/members/changes {"changes":[{"type":"add","id":"n4","address":"127.0.0.1:9003"}]}',
  ]);
});

test('killing a follower needs a second click, which says what remains', async () => {
  show('n2');
  await fireEvent.click(button('Kill n2'));
  expect(asked).toEqual([]);
  expect(screen.getByText(/2 of 3 voters would be up/)).toBeTruthy();
  await vi.advanceTimersByTimeAsync(settleMs);
  await fireEvent.click(button('Confirm kill n2'));
  expect(asked).toEqual(['POST /api/nodes/n2/kill']);
});

test('a double click is one click', async () => {
  show('n2');
  await fireEvent.click(button('Kill n2'));
  await fireEvent.click(button('Confirm kill n2'));
  expect(asked).toEqual([]);
});

test('a button that was armed and left alone falls back', async () => {
  show('n2');
  await fireEvent.click(button('Kill n2'));
  await vi.advanceTimersByTimeAsync(6_000);
  expect(button('Kill n2')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Confirm kill n2' })).toBeNull();
});

test('what heals never asks', async () => {
  show('n2', observed({ n2: { process: process('n2', { state: 'paused' }) } }));
  await fireEvent.click(button('Resume n2'));
  expect(asked).toEqual(['POST /api/nodes/n2/resume']);
});

test('an act that fails says why, and whether it may have happened', async () => {
  const refusal = {
    code: 'conflict',
    message: 'n2 does not run.',
    outcome: 'not-applied',
    retryable: false,
    leader: null,
  };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(refusal, { status: 409 })));
  show('n2', observed({ n2: { process: process('n2', { state: 'paused' }) } }));
  await fireEvent.click(button('Resume n2'));
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByText('n2 does not run. Nothing was changed.')).toBeTruthy();
});

test('while the page shows the past nothing can be done', () => {
  const desk = deskSeeing(observed());
  desk.playhead.seek(now - 5_000);
  show('n2', observed(), desk);
  const actions = within(screen.getByRole('group', { name: 'Actions on n2' }));
  for (const one of actions.getAllByRole('button')) expect(one).toHaveProperty('disabled', true);
});
