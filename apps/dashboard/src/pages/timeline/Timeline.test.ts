import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { around } from '../../../test/desk.js';
import { deskWithRecording } from '../../../test/recording-desk.js';
import type { Desk } from '../../state/desk.svelte.js';
import { timelineOf } from '../../core/timeline/timeline.js';
import Timeline from './Timeline.svelte';

let desk: Desk;
let leader: string;
let killed: string;

beforeEach(async () => {
  desk = await deskWithRecording();
  const { elections, turns } = timelineOf(desk.cluster.history);
  leader = elections.findLast(({ outcome }) => outcome === 'won')?.candidate ?? '';
  killed = turns.findLast(({ what }) => what === 'killed')?.node ?? '';
  render(Timeline, { context: around(desk) });
});

afterEach(() => window.history.replaceState(null, '', '#/'));

const region = (name: string) => screen.getByRole('region', { name });

test('an election tells who stood, why, and what became of it; opened, every vote', async () => {
  const table = within(screen.getByRole('table'));
  const rows = table.getAllByRole('row', { name: /elected/ });
  const row = rows.find(({ textContent }) => !textContent.includes('not elected'))!;
  expect(row.textContent).toContain(leader);
  expect(row.textContent).toContain(`${killed} closed its connection`);
  expect(row.textContent).toMatch(/2 of 2 needed/);
  await fireEvent.click(within(row).getByRole('button', { name: /^Votes for/ }));
  expect(table.getByText(/^Pre-vote for term/)).toBeTruthy();
  expect(table.getByText(/^Vote of term/)).toBeTruthy();
  expect(table.getAllByText(/granted/).length).toBeGreaterThanOrEqual(4);
});

test('what happened leads to the Stage at that moment', () => {
  const link = within(screen.getByRole('table')).getAllByRole('link')[0]!;
  expect(link.getAttribute('href')).toMatch(/^#\/stage\?t=\d+/);
});

test('one kind can be asked for, and the address remembers it', async () => {
  const list = () => within(region('Other happenings')).getAllByRole('listitem');
  const before = list().length;
  await fireEvent.click(screen.getByRole('button', { name: 'Processes' }));
  expect(desk.router.params.kinds).toBe('process');
  expect(list().length).toBeLessThan(before);
  expect(
    list()
      .map((row) => row.textContent)
      .join(),
  ).toContain(`${killed} is killed (SIGKILL)`);
  await fireEvent.click(screen.getByRole('button', { name: 'Processes' }));
  expect(list()).toHaveLength(before);
});

test('a change of leader is told in parts', () => {
  const figures = within(region('Changes of leader'));
  for (const part of [
    'Until somebody stands',
    'Until one is elected',
    'Until it commits',
    'In all',
  ]) {
    const figure = figures.getByText(part).nextElementSibling;
    expect(figure?.textContent).toMatch(/^\d+ (ms|s) median$/);
  }
});

test('the lanes say in words who led and who was down', () => {
  const lanes = within(region('Who led, node by node'));
  const names = lanes.getAllByRole('img').map((one) => one.getAttribute('aria-label'));
  expect(names).toContain(`${killed} is down`);
  expect(names.some((name) => name?.startsWith(`${leader} leads term`))).toBe(true);
});
