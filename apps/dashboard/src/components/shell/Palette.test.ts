import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { observed } from '../../../test/observed.js';
import type { Desk } from '../../state/desk.svelte.js';
import Palette from './Palette.svelte';

let desk: Desk;

beforeEach(() => {
  desk = deskSeeing(observed());
  desk.overlay.show('palette');
  render(Palette, { context: around(desk) });
});

const field = () => screen.getByRole('combobox');
const options = () => screen.getAllByRole('option').map((option) => option.firstChild?.textContent);
const chosen = () => screen.getByRole('option', { selected: true }).firstChild?.textContent;

async function type(value: string): Promise<void> {
  await fireEvent.input(field(), { target: { value } });
}

test('letters of a name find the action, the arrows choose, and Enter goes there', async () => {
  await type('gosta');
  expect(options()[0]).toBe('Go to Stage');
  const go = vi.spyOn(desk.router, 'go');
  await fireEvent.keyDown(field(), { key: 'Enter' });
  expect(go).toHaveBeenCalledWith('stage');
  expect(desk.overlay.open).toBeNull();
});

test('the arrows choose, and the field says which is chosen', async () => {
  await type('kill');
  expect(chosen()).toBe('Kill n1');
  await fireEvent.keyDown(field(), { key: 'ArrowDown' });
  expect(chosen()).toBe('Kill n2');
  const option = screen.getByRole('option', { selected: true });
  expect(field().getAttribute('aria-activedescendant')).toBe(option.id);
});

test('what is dangerous is asked about in the dialog, whatever its grade', async () => {
  await type('kill n2');
  await fireEvent.keyDown(field(), { key: 'Enter' });
  expect(desk.confirmation.asked?.id).toBe('kill:n2');
});

test('what is called by no such letters is said to be none', async () => {
  await type('qqq');
  expect(screen.queryAllByRole('option')).toEqual([]);
  expect(screen.getByText('Nothing is called that.')).toBeTruthy();
});
