import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { blank, killed, leading, member, process, status, three } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import type { ClusterView } from '../../core/cluster/cluster-view.js';
import { settleMs } from '../../state/confirmation.svelte.js';
import NodePanel from './NodePanel.svelte';

const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string, { method }: RequestInit) => {
    asked.push(`${method ?? ''} ${url}`);
    return Promise.resolve(new Response('{}'));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(id: string, view: ClusterView = observed()): HTMLElement {
  const node = view.nodes.find((candidate) => candidate.id === id)!;
  render(NodePanel, { props: { node }, context: around(deskSeeing(view)) });
  return screen.getByRole('article', { name: `Node ${id}` });
}

const field = (panel: HTMLElement, name: string) =>
  panel.querySelector(`[data-field="${name}"]`)?.textContent.trim().replaceAll(/\s+/g, ' ');

const button = (name: string) => screen.getByRole('button', { name });
const buttons = () => screen.getAllByRole('button').map((one) => one.textContent.trim());

test('a leader shows its role in a word, its log, and how far its followers are', () => {
  const panel = show('n1');
  expect(field(panel, 'role')).toBe('Leader');
  expect(field(panel, 'term')).toBe('3');
  expect(field(panel, 'log')).toBe('1…10');
  expect(field(panel, 'commit')).toBe('10');
  const row = within(panel).getByRole('row', { name: /n2/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['10', '11', '20 ms', 'replicating']);
});

test('a follower says whom it believes in, and when it would stand for election', () => {
  const panel = show('n2');
  expect(field(panel, 'role')).toBe('Follower');
  expect(field(panel, 'leader')).toBe('n1');
  expect(field(panel, 'election')).toBe('600 ms');
});

test('a killed node is down, with the age of its last words, and can be started or wiped', () => {
  const panel = show('n2', observed({ n2: { process: process('n2', killed), ageMs: 12_000 } }));
  expect(field(panel, 'role')).toBe('Down');
  expect(field(panel, 'age')).toBe('last word 12 s ago');
  expect(field(panel, 'process')).toBe('exited (SIGKILL)');
  expect(panel.className).toContain('gone');
  expect(buttons()).toEqual(['Start', 'Wipe']);
});

test('a paused node can be resumed or killed', () => {
  show('n2', observed({ n2: { process: process('n2', { state: 'paused' }) } }));
  expect(buttons()).toEqual(['Resume', 'Kill']);
});

test('a follower that is behind says by how much', () => {
  const panel = show('n2', observed({ n2: { words: status('n2', { commitIndex: 7 }) } }));
  expect(field(panel, 'commit')).toBe('7 −3');
});

test('a learner is shown as one', () => {
  const members = [...three.slice(0, 2), member('n3', 'learner')];
  const view = observed({ n1: { words: leading('n1', { members }) } });
  expect(field(show('n3', view), 'role')).toBe('Learner');
});

test('a blank node can be joined, through the leader', async () => {
  show('n4', observed({ n4: { words: blank('n4') } }));
  await fireEvent.click(button('Join n4'));
  expect(asked).toEqual(['POST http://localhost:8000/join?nodeId=n4&raftPort=9003']);
});

test('killing needs a second click, which says what remains', async () => {
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

test('arming one button disarms another', async () => {
  show('n2');
  await fireEvent.click(button('Kill n2'));
  await fireEvent.click(button('Stop n2'));
  expect(button('Confirm stop n2')).toBeTruthy();
  expect(button('Kill n2')).toBeTruthy();
});

test('what heals never asks', async () => {
  show('n2', observed({ n2: { process: process('n2', { state: 'paused' }) } }));
  await fireEvent.click(button('Resume n2'));
  expect(asked).toEqual(['POST /api/nodes/n2/resume']);
});

test('an act that fails says why, and whether it may have happened', async () => {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      Response.json(
        {
          code: 'conflict',
          message: 'n2 does not run.',
          outcome: 'not-applied',
          retryable: false,
          leader: null,
        },
        { status: 409 },
      ),
    ),
  );
  show('n2', observed({ n2: { process: process('n2', { state: 'paused' }) } }));
  await fireEvent.click(button('Resume n2'));
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByText('n2 does not run. Nothing was changed.')).toBeTruthy();
});
