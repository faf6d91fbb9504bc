import type { Confirmation } from '../state/confirmation.svelte.js';
import type { Action } from './action.js';

/** One press of an action's button: the first of a dangerous one only asks, in its place or in the dialog. */
export function press(action: Action, confirmation: Confirmation): void {
  if (action.confirm?.grade !== 'click') return invoke(action, confirmation);
  if (!isPossible(action)) return;
  if (!confirmation.isArmed(action.id)) confirmation.arm(action.id);
  else if (confirmation.settled) perform(action, confirmation);
}

/** An action from where it has no button, by key or by the palette: the dialog asks for all that asks. */
export function invoke(action: Action, confirmation: Confirmation): void {
  if (!isPossible(action)) return;
  if (action.confirm) confirmation.ask(action);
  else perform(action, confirmation);
}

/** Does what has been confirmed, or needs no confirmation. */
export function perform(action: Action, confirmation: Confirmation): void {
  confirmation.withdraw();
  action.run();
}

const isPossible = ({ busy, unavailable }: Action) => busy === null && unavailable === null;
