import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { observed } from '../../../test/observed.js';
import { EventLog } from '../../core/history/event-log.js';
import EventFeed from './EventFeed.svelte';

function show(log: EventLog): void {
  render(EventFeed, { context: around(deskSeeing(observed(), log)) });
}

function happened(log: EventLog, node: string, seqs: number[]): void {
  const events = seqs.map((seq) => ({
    seq,
    at: seq,
    time: seq,
    type: 'x',
    text: `${node} event ${seq}`,
  }));
  log.of(node).accept({ run: 'a', dropped: 0, events });
}

const texts = () => screen.getAllByRole('listitem').map((row) => row.lastElementChild?.textContent);

test('events are told in words, newest first, and a gap is shown', () => {
  const log = new EventLog();
  happened(log, 'n1', [1, 5]);
  show(log);
  expect(texts()).toEqual(['n1 event 5', '3 events missing here', 'n1 event 1']);
});

test('only a window of what is kept is drawn', () => {
  const log = new EventLog();
  happened(
    log,
    'n1',
    Array.from({ length: 300 }, (_, at) => at + 1),
  );
  show(log);
  expect(texts()).toHaveLength(100);
});

test('some of the nodes can be asked for', async () => {
  const log = new EventLog();
  happened(log, 'n1', [1]);
  happened(log, 'n2', [1]);
  show(log);
  await fireEvent.click(screen.getByRole('button', { name: 'n2' }));
  expect(texts()).toEqual(['n2 event 1']);
  await fireEvent.click(screen.getByRole('button', { name: 'n1' }));
  expect(texts()).toHaveLength(2);
  await fireEvent.click(screen.getByRole('button', { name: 'n2' }));
  expect(texts()).toEqual(['n1 event 1']);
  await fireEvent.click(screen.getByRole('button', { name: 'All' }));
  expect(texts()).toHaveLength(2);
});
