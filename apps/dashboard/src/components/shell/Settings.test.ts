import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { observed } from '../../../test/observed.js';
import { Preferences, type Memory } from '../../state/preferences.svelte.js';
import Settings from './Settings.svelte';

function memory(kept: Record<string, string>): Memory {
  const items = new Map(Object.entries(kept));
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
  };
}

test('what is chosen takes effect at once', async () => {
  const desk = deskSeeing(observed());
  render(Settings, { context: around(desk) });
  const colours = within(screen.getByRole('group', { name: 'Colours' }));
  await fireEvent.click(colours.getByRole('radio', { name: 'High contrast' }));
  await fireEvent.click(screen.getByRole('radio', { name: 'Reduced' }));
  expect(desk.appearance.attributes).toMatchObject({ contrast: 'more', motion: 'reduced' });
});

test('what was chosen is there at the next visit, and nonsense is not', () => {
  const kept = memory({ 'quorate.language': 'de', 'quorate.theme': 'pink' });
  const before = new Preferences(kept);
  expect(before.chosen).toMatchObject({ language: 'de', theme: 'system' });
  before.choose('density', 'compact');
  before.inspectorWidth = 9_999;
  const after = new Preferences(kept);
  expect(after.chosen.density).toBe('compact');
  expect(after.inspectorWidth).toBe(720);
});
