import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { observed } from '../../../test/observed.js';
import ActionMenu from './ActionMenu.svelte';

function show(node: string) {
  const desk = deskSeeing(observed());
  const actions = desk.actions.of(node);
  render(ActionMenu, { props: { actions, name: 'Actions' }, context: around(desk) });
  const menu = screen.getByRole('group', { name: 'Actions' });
  const closed = () => fireEvent(menu, Object.assign(new Event('toggle'), { newState: 'closed' }));
  const click = (name: string) => fireEvent.click(within(menu).getByRole('button', { name }));
  return { desk, click, closed };
}

test('closing the menu takes back a first click', async () => {
  const { desk, click, closed } = show('n2');
  await click('Kill n2');
  expect(desk.confirmation.isArmed('kill:n2')).toBe(true);
  await closed();
  expect(desk.confirmation.isArmed('kill:n2')).toBe(false);
});

test('the dialog that an action opens closes the menu, and goes on asking', async () => {
  const { desk, click, closed } = show('n1');
  await click('Kill n1');
  await closed();
  expect(desk.confirmation.asked?.id).toBe('kill:n1');
});
