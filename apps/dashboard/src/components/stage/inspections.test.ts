import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { around, deskAt } from '../../../test/desk.js';
import { append, appendAnswer, Recorded } from '../../../test/recorded.js';
import { placeOf } from '../../core/place.js';
import EntryInspection from './EntryInspection.svelte';
import LinkInspection from './LinkInspection.svelte';
import MessageInspection from './MessageInspection.svelte';
import NodeInspection from './NodeInspection.svelte';

afterEach(() => {
  vi.unstubAllGlobals();
  window.history.replaceState(null, '', '#/');
});

const mark = (durable: number, commit: number) =>
  ({ kind: 'mark', last: 11, durable, commit, applied: commit }) as const;

/** n1 sends entry 11 to n2, and n2 answers; both write it and commit it. */
function recorded(): Recorded {
  const told = new Recorded();
  for (const id of ['n1', 'n2']) {
    told.trace(id, 0, { kind: 'log', whole: true, runs: [[1, 10, 3]] });
    told.trace(id, 0, mark(10, 10));
  }
  told.trace('n1', 1, { kind: 'log', whole: false, runs: [[11, 11, 3]] });
  told.message({ from: 'n1', to: 'n2', sent: 2, received: 2.5, message: append(11, 11) });
  told.trace('n2', 3, { kind: 'log', whole: false, runs: [[11, 11, 3]] });
  told.trace('n2', 4, mark(11, 10));
  told.message({ from: 'n2', to: 'n1', sent: 4, received: 4.25, message: appendAnswer(11) });
  told.trace('n1', 5, mark(11, 11));
  return told;
}

const deskOf = (told: Recorded, ms: number) => deskAt(told.history, told.t(ms));
const shown = () => document.body.textContent.replaceAll(/\s+/g, ' ');
const flightsOf = ({ history }: Recorded) => history.flights.all.all();

test('a message tells its fields, both its times, and the answer that it got', () => {
  const told = recorded();
  const [request, answer] = flightsOf(told);
  const props = { subject: request!.key };
  render(MessageInspection, { props, context: around(deskOf(told, 9)) });
  expect(shown()).toContain('Flight 0.500 ms');
  expect(shown()).toContain('entries 11…11, 100 bytes');
  const link = screen.getByRole('link', { name: 'Append answer +' });
  const place = placeOf(link.getAttribute('href') ?? '');
  expect(place.params).toEqual({ message: answer!.key });
});

test('an answer names its request, and its moment can be shown', async () => {
  const told = recorded();
  const answer = flightsOf(told)[1]!;
  const desk = deskOf(told, 9);
  render(MessageInspection, { props: { subject: answer.key }, context: around(desk) });
  expect(screen.getByRole('link', { name: /^Append, / })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Show the moment' }));
  expect(answer.t - desk.playhead.time).toBeGreaterThan(0);
  expect(desk.playhead.speed).toBe(1 / 1_000);
});

test('a message that nobody knows is said to be unknown', () => {
  render(MessageInspection, { props: { subject: 'x/1' }, context: around(deskOf(recorded(), 9)) });
  expect(shown()).toContain('does not know this message');
});

test('an entry tells when each node had it, counted from its first append', () => {
  const context = around(deskOf(recorded(), 9));
  render(EntryInspection, { props: { subject: 'n1:11' }, context });
  const rows = screen
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent.trim()));
  expect(rows).toContainEqual(['n1', '+0.00 ms', '+4.00 ms', '+4.00 ms', '+4.00 ms']);
  expect(rows).toContainEqual(['n2', '+2.00 ms', '+3.00 ms', '–', '–']);
  expect(shown()).toContain('can be read while the page is live');
});

test('live, what is in an entry is asked of its node', async () => {
  const asked: string[] = [];
  const command = { operation: 'set', key: 'colour', preview: 'blue' };
  const entry = { index: 11, term: 3, type: 'command', bytes: 9, command, text: null };
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const page = { firstIndex: 1, lastIndex: 11, commitIndex: 11, entries: [entry] };
    return Promise.resolve(Response.json(page));
  });
  const desk = deskOf(recorded(), 9);
  desk.playhead.live();
  render(EntryInspection, { props: { subject: 'n1:11' }, context: around(desk) });
  await screen.findByText('colour');
  expect(asked).toEqual(['http://localhost:8000/log?from=11&limit=1']);
});

test('an entry that is not there is said not to be', () => {
  const context = around(deskOf(recorded(), 9));
  render(EntryInspection, { props: { subject: 'n3:12' }, context });
  expect(shown()).toContain('n3 has no entry 12 in its log.');
});

test('a link tells both its ways, its latest messages, and where it can be cut', () => {
  render(LinkInspection, { props: { subject: 'n1~n2' }, context: around(deskOf(recorded(), 9)) });
  expect(shown()).toContain('n1 → n2: 1 messages a second');
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(links).toContain('#/chaos?link=n1%3En2&effect=cut');
  expect(shown()).toContain('n2 → n1 · Append answer +');
});

test('a node tells how far it is and what can be done with it', () => {
  const desk = deskOf(recorded(), 9);
  desk.playhead.live();
  render(NodeInspection, { props: { subject: 'n2' }, context: around(desk) });
  expect(shown()).toContain('Commit 10');
  expect(screen.getByRole('button', { name: 'Kill n2' })).toBeTruthy();
});
