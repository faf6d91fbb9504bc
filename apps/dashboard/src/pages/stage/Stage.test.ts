import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { around, deskAt } from '../../../test/desk.js';
import { leading, status } from '../../../test/fixtures.js';
import { append, heartbeat, Recorded, voteAnswer, voteRequest } from '../../../test/recorded.js';
import Stage from './Stage.svelte';

afterEach(() => window.history.replaceState(null, '', '#/'));

/** n2 stands while n1 still sends; n3 refuses it. n1 has an entry that the others lack. */
function recorded(): Recorded {
  const told = new Recorded();
  told.trace('n1', -900, { kind: 'log', whole: true, runs: [[1, 10, 3]] });
  told.trace('n2', -900, { kind: 'log', whole: true, runs: [[1, 10, 3]] });
  told.message({ from: 'n1', to: 'n2', sent: -400, received: -399, message: heartbeat() });
  told.trace('n1', -300, { kind: 'log', whole: false, runs: [[11, 11, 3]] });
  told.frame('n1', -300, leading('n1', { lastIndex: 11 }));
  const lost = { at: -299, side: 'out', reason: 'cut by ann' } as const;
  told.message({ from: 'n1', to: 'n2', sent: -299, received: null, lost, message: append(11, 11) });
  told.frame('n2', -200, status('n2', { role: 'candidate', term: 4, electionInMs: null }));
  told.event('n2', -200, 'election-started', { term: 4, preVote: false, votesNeeded: 2 });
  told.message({ from: 'n2', to: 'n3', sent: -199, received: -198, message: voteRequest(4) });
  const answer = voteAnswer(4, 'log-behind');
  told.message({ from: 'n3', to: 'n2', sent: -197, received: -196, message: answer });
  return told;
}

function show(told = recorded()) {
  const desk = deskAt(told.history, told.t(0));
  desk.preferences.choose('stage', 'table');
  render(Stage, { context: around(desk) });
  return desk;
}

const region = (name: string) => screen.getByRole('region', { name });
const rows = (name: string) =>
  within(region(name))
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim()));

test('the table has each node, what it does, and how far it is', () => {
  show();
  const [, one, two] = rows('Nodes');
  expect(one?.slice(0, 3)).toEqual(['n1', 'Leader', '3']);
  expect(two?.slice(0, 3)).toEqual(['n2', 'Candidate · Votes: 1 of 2 needed', '4']);
  expect(two?.slice(7, 9)).toEqual(['10', '12']);
});

test('the table has the latest messages, and says what became of each', () => {
  show();
  const messages = rows('Messages').slice(1);
  expect(messages.map((cells) => cells.slice(1))).toEqual([
    ['n3', 'n2', 'Vote answer −', 'arrived (1.00 ms)'],
    ['n2', 'n3', 'Vote', 'arrived (1.00 ms)'],
    ['n1', 'n2', 'Append', 'lost on the sender’s side: cut by ann'],
    ['n1', 'n2', 'Heartbeat', 'arrived (1.00 ms)'],
  ]);
});

test('a kind of message can be taken away, and the address remembers it', async () => {
  const desk = show();
  await fireEvent.click(screen.getByRole('button', { name: /Heartbeat/ }));
  expect(rows('Messages').flat()).not.toContain('Heartbeat');
  expect(desk.router.params).toEqual({ without: 'heartbeat' });
  await fireEvent.click(screen.getByRole('button', { name: /Heartbeat/ }));
  expect(rows('Messages').flat()).toContain('Heartbeat');
  expect(desk.router.params).toEqual({});
});

test('the logs say what each node has at each index', () => {
  show();
  const [, newest, before] = rows('Logs');
  expect(newest).toEqual(['11', 'term 3, not committed', 'missing', 'missing']);
  expect(before?.slice(0, 3)).toEqual([
    ...['10', 'term 3, committed and applied', 'term 3, committed and applied'],
  ]);
});

test('who hears whom is a table, each way by itself', () => {
  show();
  const cells = rows('Who hears whom');
  expect(cells[1]).toEqual(['n1', '', '2/s', 'quiet']);
  expect(cells[2]).toEqual(['n2', 'quiet', '', '1/s']);
});

test('the choice between ring and table is remembered', async () => {
  const desk = show();
  await fireEvent.click(screen.getByLabelText('View as table'));
  expect(desk.preferences.chosen.stage).toBe('ring');
  expect(screen.queryByRole('region', { name: 'Nodes' })).toBeNull();
});

test('on the ring each node and each link is a link with a name', async () => {
  const desk = show();
  desk.preferences.choose('stage', 'ring');
  const ring = await screen.findByRole('group', {
    name: 'The nodes, and the messages between them',
  });
  const names = within(ring)
    .getAllByRole('link')
    .map((link) => link.getAttribute('aria-label') ?? link.querySelector('title')?.textContent);
  expect(names).toEqual([
    ...['Link between n1 and n2', 'Link between n1 and n3', 'Link between n2 and n3'],
    ...['n1, Leader, term 3', 'n2, Candidate, term 4', 'n3, Follower, term 3'],
  ]);
  expect(within(ring).getByRole('img', { name: 'Votes: 1 of 2 needed' })).toBeTruthy();
});

test('the log matrix is walked with the keys, and says where it is', async () => {
  const desk = show();
  desk.preferences.choose('stage', 'ring');
  const matrix = await screen.findByRole('application');
  matrix.focus();
  await fireEvent.keyDown(matrix, { key: 'End' });
  expect(screen.getByText('n1, entry 11, term 3: not committed')).toBeTruthy();
  await fireEvent.keyDown(matrix, { key: 'ArrowDown' });
  await fireEvent.keyDown(matrix, { key: 'ArrowLeft' });
  expect(screen.getByText('n2, entry 10, term 3: committed and applied')).toBeTruthy();
  await fireEvent.keyDown(matrix, { key: 'Enter' });
  expect(desk.router.params).toEqual({ entry: 'n2:10' });
});
