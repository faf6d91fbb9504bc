import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { killed, process, status } from '../../../test/fixtures.js';
import { observed, type Seen } from '../../../test/observed.js';
import Comparison from './Comparison.svelte';

function show(seen: Record<string, Seen> = {}): void {
  location.hash = '#/nodes';
  render(Comparison, { context: around(deskSeeing(observed(seen))) });
}

const words = (element: Element) => element.textContent.trim().replaceAll(/\s+/g, ' ');
const row = (name: string | RegExp) => screen.getByRole('row', { name });
const cells = (name: string | RegExp) => within(row(name)).getAllByRole('cell').map(words);

const differing = { n2: { words: status('n2', { term: 4 }) } };

test('nodes stand side by side, and each name leads to the page of the node', () => {
  show();
  expect(cells(/^Commit index/)).toEqual(['10', '10', '10']);
  expect(screen.getByRole('link', { name: 'n2' }).getAttribute('href')).toBe('#/nodes/n2');
});

test('what is not as the leader is said by colour, by a sign and in words', () => {
  show(differing);
  expect(cells(/^Term/)).toEqual(['3', '4 ≠ (not as the leader)', '3']);
  expect(within(row(/^Term/)).getByText('(not the same on all nodes)')).toBeTruthy();
});

test('only the rows that differ can be asked for, and the address keeps it', async () => {
  show(differing);
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Only differences' }));
  expect(screen.queryByRole('row', { name: /^Commit index/ })).toBeNull();
  expect(row(/^Term/)).toBeTruthy();
  expect(location.hash).toBe('#/nodes?only=varied');
});

test('where nothing differs that is said', async () => {
  show();
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Only differences' }));
  expect(screen.getByText('All nodes that are up say the same.')).toBeTruthy();
});

test('a silent node stands with the age of its last words', () => {
  show({ n2: { process: process('n2', killed), ageMs: 9_000 } });
  expect(screen.getByText('last word 9 s ago')).toBeTruthy();
});
