import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { fault, killed, leading, process, status } from '../../../test/fixtures.js';
import { observed, type Seen } from '../../../test/observed.js';
import type { Desk } from '../../state/desk.svelte.js';
import Chaos from './Chaos.svelte';

/** What was asked of nodes. */
let asked: { method: string; url: string; body: unknown }[] = [];

beforeEach(() => {
  asked = [];
  window.location.hash = '#/chaos';
  vi.stubGlobal('fetch', (url: string, { method, body }: RequestInit) => {
    const sent: unknown = typeof body === 'string' ? JSON.parse(body) : null;
    asked.push({ method: method ?? 'GET', url, body: sent });
    const answer = method === 'POST' ? { ...fault(), ...(sent as object) } : { faults: [] };
    return Promise.resolve(Response.json(answer));
  });
});

afterEach(() => vi.unstubAllGlobals());

const open = { faults: [] };

/** Three nodes that take faults. */
function show(seen: Record<string, Seen> = {}): Desk {
  const view = observed({
    n1: { words: leading('n1', open) },
    n2: { words: status('n2', open) },
    n3: { words: status('n3', open) },
    ...seen,
  });
  const desk = deskSeeing(view);
  render(Chaos, { context: around(desk) });
  return desk;
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const plan = () => within(screen.getByTestId('plan'));
const settled = () => vi.waitFor(() => expect(screen.queryByText('Applying…')).toBeNull());

test('nodes that are put on the other side are parted, once somebody has seen what it would do', async () => {
  const desk = show();
  await fireEvent.click(button('n1'));
  expect(plan().getByText('Part n1 from n2 and n3')).toBeTruthy();
  expect(plan().getByText(/n1 leads now, and strands/)).toBeTruthy();
  expect(asked).toEqual([]);

  desk.chaos.owner = 'ann';
  await fireEvent.click(button(/^Apply/));
  await settled();
  expect(asked.map(({ url, body }) => [url, (body as { peer: string }).peer])).toEqual([
    ['http://localhost:8000/faults', 'n2'],
    ['http://localhost:8001/faults', 'n1'],
    ['http://localhost:8000/faults', 'n3'],
    ['http://localhost:8002/faults', 'n1'],
  ]);
  expect(asked[0]).toMatchObject({
    method: 'POST',
    body: { direction: 'out', effect: { type: 'cut' }, owner: 'ann', ttlMs: 60_000 },
  });
  // Done is only what a node says; the plan is put away.
  await vi.waitFor(() => expect(desk.router.params.side).toBeUndefined());
  expect(screen.getByText('No fault is in force.')).toBeTruthy();
});

test('a line that is drawn across the ring parts the nodes', async () => {
  const desk = show();
  const ring = screen.getByTestId('partition-ring');
  const rect = { left: 0, top: 0, width: 300, height: 300 };
  ring.getBoundingClientRect = () => rect as DOMRect;
  ring.setPointerCapture = () => undefined;
  // Below n1, which is at the top, from the right to the left.
  await fireEvent.pointerDown(ring, { button: 0, clientX: 290, clientY: 120 });
  await fireEvent.pointerMove(ring, { clientX: 10, clientY: 120 });
  await fireEvent.pointerUp(ring);
  expect(desk.router.params.side).toBe('n2,n3');
  expect(button('n2 side B').getAttribute('aria-pressed')).toBe('true');
});

test('what would lose the quorum is asked about in the dialog, and nothing is sent before', async () => {
  const desk = show({ n3: { process: process('n3', killed) } });
  await fireEvent.click(button('n2'));
  expect(plan().getByText('Nobody reaches a quorum of 2: nothing can be written.')).toBeTruthy();
  await fireEvent.click(button(/^Apply/));
  expect(desk.confirmation.asked?.confirm?.grade).toBe('dialog');
  expect(asked).toEqual([]);
});

test('arrows go from cell to cell of the matrix, over the diagonal, and one cell is in the way of Tab', async () => {
  show();
  const cells = screen.getAllByRole('button', { name: / to n\d: up/ });
  expect(cells.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  const first = button('n1 to n2: up');
  first.focus();
  await fireEvent.keyDown(first, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(button('n3 to n2: up'));
  await fireEvent.keyDown(button('n3 to n2: up'), { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(button('n3 to n1: up'));
});

test('a cell opens its link; effect, figure and direction make the plan', async () => {
  const desk = show();
  await fireEvent.click(button('n1 to n2: up'));
  await fireEvent.click(screen.getByRole('radio', { name: 'Loss' }));
  await fireEvent.input(screen.getByLabelText('Loss, %'), { target: { value: '35' } });
  await fireEvent.click(screen.getByRole('radio', { name: 'both ways' }));
  expect(plan().getByText('n1 ↔ n2 35 % lost')).toBeTruthy();
  expect(desk.router.params).toMatchObject({ link: 'n1>n2', effect: 'loss:35', both: '1' });
  // A figure that no node would take is not taken over.
  await fireEvent.input(screen.getByLabelText('Loss, %'), { target: { value: '350' } });
  expect(desk.router.params.effect).toBe('loss:35');
});

test('a new fault takes the place of the one that its link had, once it is there', async () => {
  show({ n1: { words: leading('n1', { faults: [fault(), fault({ id: 'f2', peer: 'n3' })] }) } });
  await fireEvent.click(button('n1 to n2: cut, cut'));
  await fireEvent.click(screen.getByRole('radio', { name: 'Delay' }));
  await fireEvent.click(button(/^Apply/));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST http://localhost:8000/faults',
    'DELETE http://localhost:8000/faults/f1',
  ]);
});

test('healing asks nothing: one fault, or all at every node', async () => {
  show({ n1: { words: leading('n1', { faults: [fault()] }) } });
  await fireEvent.click(button('Heal n1 → n2 (cut)'));
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'DELETE http://localhost:8000/faults/f1',
  ]);
  await vi.waitFor(() => expect(screen.queryByText('Healing…')).toBeNull());
  await fireEvent.click(button('Heal all'));
  expect(asked.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
    'DELETE http://localhost:8000/faults',
    'DELETE http://localhost:8001/faults',
    'DELETE http://localhost:8002/faults',
  ]);
});

test('without a node that takes faults the page says why nothing can be made', async () => {
  const closed = { faults: null };
  show({
    n1: { words: leading('n1', closed) },
    n2: { words: status('n2', closed) },
    n3: { words: status('n3', closed) },
  });
  expect(screen.getByText(/No node takes faults/)).toBeTruthy();
  await fireEvent.click(button('n1'));
  expect(button(/^Apply/).disabled).toBe(true);
});

test('what a node refuses is told, and the plan stays', async () => {
  const desk = show();
  vi.stubGlobal('fetch', () => {
    const refusal = { code: 'bad-request', message: '64 faults last already.' };
    const body = { ...refusal, outcome: 'not-applied', retryable: false, leader: null };
    return Promise.resolve(Response.json(body, { status: 400 }));
  });
  await fireEvent.click(button('n1'));
  await fireEvent.click(button(/^Apply/));
  await vi.waitFor(() => expect(plan().getByText(/64 faults last already/)).toBeTruthy());
  expect(desk.router.params.side).toBe('n1');
});
