import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { now, observed } from '../../../test/observed.js';
import KeyPanel from './KeyPanel.svelte';

vi.mock('../../state/page-clock.js', () => ({ pageTime: () => now }));

/** Requests that no answer was given to yet. */
let open: { url: string; init: RequestInit; answer: (response: Response) => void }[] = [];

beforeEach(() => {
  open = [];
  vi.stubGlobal(
    'fetch',
    (url: string, init: RequestInit) =>
      new Promise<Response>((answer) => open.push({ url, init, answer })),
  );
  render(KeyPanel, { context: around(deskSeeing(observed())) });
});

afterEach(() => vi.unstubAllGlobals());

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const missing = () =>
  Response.json(
    {
      code: 'key-not-found',
      message: 'There is no key.',
      outcome: 'not-applied',
      retryable: false,
      leader: null,
    },
    { status: 404 },
  );
/** The stages of a write that are shown as reached. */
const stages = () =>
  [...exchange().querySelectorAll<HTMLElement>('[data-done="true"]')].map(
    ({ dataset }) => dataset.step,
  );
const exchange = () => screen.getByTestId('exchange');

async function fill(key: string, value = ''): Promise<void> {
  await fireEvent.input(screen.getByLabelText('Key'), { target: { value: key } });
  await fireEvent.input(screen.getByLabelText('Value'), { target: { value } });
}

async function choose(label: string, value: string): Promise<void> {
  await fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

test('nothing can be asked without a key', async () => {
  expect(button('Set').disabled).toBe(true);
  await fill('k');
  expect(button('Set').disabled).toBe(false);
});

test('a write is shown as asked until the node says at which index it stands', async () => {
  await fill('k', 'v');
  await fireEvent.click(button('Set'));
  expect(stages()).toEqual(['requested']);
  expect(exchange().textContent).not.toContain('Written');
  expect(open[0]).toMatchObject({
    url: 'http://localhost:8000/kv/k',
    init: { method: 'PUT', body: 'v' },
  });
  open[0]!.answer(Response.json({ index: 12, term: 3 }));
  await screen.findByText('Written at index 12, term 3.');
  expect(stages()).toEqual(['requested', 'accepted', 'committed']);
});

test('a write carries a name of its own, by which it is followed', async () => {
  await fill('k', 'v');
  await fireEvent.click(button('Set'));
  await fireEvent.click(button('Remove'));
  const names = open.map(({ init }) => new Headers(init.headers).get('quorate-trace'));
  expect(names[0]).toMatch(/^page-/);
  expect(names[1]).not.toBe(names[0]);
});

test('the chosen node is asked, at the chosen level', async () => {
  await choose('Ask', 'n3');
  await choose('Reads are', 'local');
  await fill('k');
  await fireEvent.click(button('Get'));
  expect(open[0]?.url).toBe('http://localhost:8002/kv/k?consistency=local');
  open[0]!.answer(new Response('hello', { headers: { 'quorate-index': '7' } }));
  await screen.findByText('hello');
  expect(exchange().textContent).toContain('Written by index 7.');
});

test('a key that is not there is an answer, not an error', async () => {
  await fill('k');
  await fireEvent.click(button('Get'));
  open[0]!.answer(missing());
  await screen.findByText('There is no such key.');
  expect(exchange().dataset.state).toBe('answered');
});

test('a value that is no text is not shown as text', async () => {
  await fill('k');
  await fireEvent.click(button('Get'));
  open[0]!.answer(new Response(Uint8Array.of(0xff, 0xfe)));
  await screen.findByText('2 bytes that are no text');
});

test('an error says in words whether the write may have happened', async () => {
  await fill('k', 'v');
  await fireEvent.click(button('Set'));
  open[0]!.answer(
    Response.json(
      {
        code: 'deadline',
        message: 'No quorum answered within 5 s.',
        outcome: 'unknown',
        retryable: true,
        leader: null,
      },
      { status: 504 },
    ),
  );
  await screen.findByText(/It may have happened or not: look before you repeat it\./);
  expect(exchange().dataset.state).toBe('failed');
});

test('the same request can be copied as a curl line', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await fill('a b', 'v');
  await fireEvent.click(button('Set'));
  await fireEvent.click(button('Copy the curl line'));
  expect(writeText).toHaveBeenCalledWith(
    `curl -X PUT --data-binary 'v' 'http://localhost:8000/kv/a%20b'`,
  );
});
