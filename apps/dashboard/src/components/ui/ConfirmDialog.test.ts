import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { killed, process } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import { press } from '../../actions/perform.js';
import type { ClusterView } from '../../core/cluster/cluster-view.js';
import type { Desk } from '../../state/desk.svelte.js';
import ConfirmDialog from './ConfirmDialog.svelte';

/** Presses an action that wants the dialog, and shows it. */
function ask(id: string, view: ClusterView): { desk: Desk; run: ReturnType<typeof vi.fn> } {
  const desk = deskSeeing(view);
  const run = vi.fn();
  const asked = { ...desk.actions.find(id)!, run };
  desk.actions.find = () => asked;
  press(asked, desk.confirmation);
  expect(desk.confirmation.asked).toBe(asked);
  render(ConfirmDialog, { props: { asked }, context: around(desk) });
  return { desk, run };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

test('killing the leader shows what there will be afterwards, and then is one click', async () => {
  const { desk, run } = ask('kill:n1', observed());
  expect(screen.getByText(/n1 leads; another must be elected/)).toBeTruthy();
  const row = screen.getByRole('row', { name: /Can still lose/ });
  expect([...row.children].map((cell) => cell.textContent)).toEqual([
    'Can still lose',
    '1',
    'nobody',
  ]);
  await fireEvent.click(button('Confirm kill n1'));
  expect(run).toHaveBeenCalledOnce();
  expect(desk.confirmation.asked).toBeNull();
});

test('what loses the quorum wants the name of the node', async () => {
  const { run } = ask('kill:n2', observed({ n3: { process: process('n3', killed) } }));
  expect(button('Confirm kill n2').disabled).toBe(true);
  await fireEvent.input(screen.getByLabelText('Type n2 to go on'), { target: { value: 'n3' } });
  expect(button('Confirm kill n2').disabled).toBe(true);
  await fireEvent.input(screen.getByLabelText('Type n2 to go on'), { target: { value: 'n2' } });
  await fireEvent.click(button('Confirm kill n2'));
  expect(run).toHaveBeenCalledOnce();
});

test('cancelling does nothing', async () => {
  const { desk, run } = ask('kill:n1', observed());
  await fireEvent.click(button('Cancel'));
  expect(run).not.toHaveBeenCalled();
  expect(desk.confirmation.asked).toBeNull();
});
