import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { observed } from '../../../test/observed.js';
import Inspector from './Inspector.svelte';

afterEach(() => window.history.replaceState(null, '', '#/'));

test('a parameter of the address opens it, and Esc closes it and leaves the others', async () => {
  const desk = deskSeeing(observed());
  render(Inspector, { context: around(desk) });
  expect(screen.queryByRole('complementary')).toBeNull();
  desk.router.set({ why: 'at-risk', node: 'n1' });
  await screen.findByRole('complementary', { name: 'Why' });
  await fireEvent.keyDown(document, { key: 'Escape' });
  expect(screen.queryByRole('complementary')).toBeNull();
  expect(desk.router.params).toEqual({ node: 'n1' });
});

test('its edge is moved by the arrow keys', async () => {
  const desk = deskSeeing(observed());
  desk.router.set({ why: 'at-risk' });
  render(Inspector, { context: around(desk) });
  const edge = screen.getByRole('separator');
  const before = desk.preferences.inspectorWidth;
  await fireEvent.keyDown(edge, { key: 'ArrowLeft' });
  expect(desk.preferences.inspectorWidth).toBeGreaterThan(before);
  expect(edge.getAttribute('aria-valuenow')).toBe(String(desk.preferences.inspectorWidth));
});
