import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { blank, killed, process, status } from '../../../test/fixtures.js';
import { now, observed, observedHistory } from '../../../test/observed.js';
import type { ClusterView } from '../../core/cluster/cluster-view.js';
import { settleMs } from '../../state/confirmation.svelte.js';
import type { Desk } from '../../state/desk.svelte.js';
import Overview from './Overview.svelte';

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

function show(view: ClusterView = observed()): Desk {
  const desk = deskSeeing(view);
  render(Overview, { context: around(desk) });
  return desk;
}

function row(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`tr[data-node="${id}"]`);
  if (!found) throw new Error(`no row of ${id}`);
  return found;
}

const field = (where: HTMLElement, name: string) =>
  where.querySelector(`[data-field="${name}"]`)?.textContent.trim().replaceAll(/\s+/g, ' ');
const button = (where: HTMLElement, name: string) =>
  within(where).getByRole('button', { name, hidden: true });

test('each node stands in a row, with its role in a word and how far it is', () => {
  show();
  expect(field(row('n1'), 'role')).toBe('Leader');
  expect(field(row('n2'), 'role')).toBe('Follower');
  expect(field(row('n2'), 'contact')).toBe('20 ms');
  expect(field(row('n2'), 'commit')).toBe('10');
});

test('what differs from the leader is said by a sign, not by colour alone', () => {
  show(observed({ n2: { words: status('n2', { term: 2, leader: null, commitIndex: 7 }) } }));
  expect(field(row('n2'), 'term')).toBe('≠ 2');
  expect(field(row('n2'), 'commit')).toBe('−3 7');
  expect(field(row('n2'), 'leader')).toBe('believes in nobody');
});

test('a killed node is down, with the age of its last word, and what would help stands beside the verdict', async () => {
  show(observed({ n2: { process: process('n2', killed), ageMs: 12_000 } }));
  expect(field(row('n2'), 'role')).toBe('Down');
  expect(field(row('n2'), 'age')).toBe('12 s ago');
  expect(field(row('n2'), 'process')).toBe('exited (SIGKILL)');
  const remedies = screen.getByRole('group', { name: 'What would help' });
  await fireEvent.click(button(remedies, 'Start n2'));
  expect(asked).toEqual(['POST /api/nodes/n2/start']);
});

test('killing a follower needs a second click in its place, which says what remains', async () => {
  show();
  await fireEvent.click(button(row('n2'), 'Kill n2'));
  expect(asked).toEqual([]);
  expect(within(row('n2')).getByText(/2 of 3 voters would be up/)).toBeTruthy();
  await fireEvent.click(button(row('n2'), 'Confirm kill n2'));
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(settleMs);
  await fireEvent.click(button(row('n2'), 'Confirm kill n2'));
  expect(asked).toEqual(['POST /api/nodes/n2/kill']);
});

test('a button that was armed and left alone falls back, and arming another disarms it', async () => {
  show();
  await fireEvent.click(button(row('n2'), 'Kill n2'));
  await fireEvent.click(button(row('n2'), 'Stop n2'));
  expect(button(row('n2'), 'Kill n2')).toBeTruthy();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(button(row('n2'), 'Stop n2')).toBeTruthy();
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
  show(observed({ n2: { process: process('n2', { state: 'paused' }) } }));
  await fireEvent.click(button(row('n2'), 'Resume n2'));
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByText('n2: n2 does not run. Nothing was changed.')).toBeTruthy();
});

test('what this page may not do it says so', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 403 })));
  show(observed({ n2: { process: process('n2', { state: 'paused' }) } }));
  await fireEvent.click(button(row('n2'), 'Resume n2'));
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByText(/This page is not allowed to do that/)).toBeTruthy();
});

test('in the past nothing can be done with a node, and the reason stands on the button', () => {
  const desk = deskSeeing(observed());
  desk.playhead.seek(now - 5_000);
  render(Overview, { context: around(desk) });
  const kill = button(row('n2'), 'Kill n2') as HTMLButtonElement;
  expect([kill.disabled, kill.title]).toEqual([
    true,
    'You are looking at the past: go back to live.',
  ]);
});

test('a verdict that is not good can be asked why', () => {
  show(observed({ n1: { process: process('n1', killed), ageMs: 50 } }));
  const link = screen.getByRole('link', { name: 'Why is there no leader?' });
  expect(link.getAttribute('href')).toContain('why=no-leader');
});

test('blank nodes can be made a cluster', async () => {
  const words = (id: string) => ({ words: blank(id) });
  show(observed({ n1: words('n1'), n2: words('n2'), n3: words('n3') }));
  const remedies = screen.getByRole('group', { name: 'What would help' });
  await fireEvent.click(button(remedies, 'Make n1 the first member'));
  expect(asked).toEqual(['POST http://localhost:8000/bootstrap']);
});

test('latencies are those of the leader, and are not shown once they are old', () => {
  const history = observedHistory();
  const quantiles = { p50: 1.24, p99: 8 };
  const sample = {
    run: 'run-1',
    at: 0,
    time: 0,
    overMs: 1_000,
    writes: { rate: 40, failed: 0, latency: quantiles },
    reads: { rate: 0, failed: 0, latency: { p50: null, p99: null } },
    log: {
      committed: 40,
      applied: 40,
      syncs: 10,
      sync: { p50: 0.5, p99: 2 },
      batch: 4,
      writtenBytes: 0,
    },
    queues: { openCalls: 0, heldMessages: 0, unapplied: 0 },
    sent: {},
    received: {},
    elections: { started: 0, won: 0, leaderChanges: 0 },
    process: {
      pid: 1,
      version: '',
      uptimeMs: 0,
      rssBytes: 0,
      heapBytes: 0,
      cpu: 0,
      loop: { p50: null, p99: null },
    },
  };
  history.take({ t: now - 1_000, kind: 'metrics', node: 'n1', sample });
  const figures = (t: number) => {
    const desk = deskSeeing(history.viewAt(t));
    Object.defineProperty(desk.cluster, 'history', { get: () => history });
    const { container, unmount } = render(Overview, { context: around(desk) });
    const said = ['writes', 'commit-latency', 'sync-latency'].map((name) => field(container, name));
    unmount();
    return said;
  };
  expect(figures(now)).toEqual(['40', '1.2 ms', '0.5 ms']);
  expect(figures(now + 5_000)).toEqual(['–', '–', '–']);
});
