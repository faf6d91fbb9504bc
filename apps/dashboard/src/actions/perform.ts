import type { Confirmation } from '../state/confirmation.svelte.js';
import type { Action } from './action.js';

/** One press of an action, by mouse or key: the first of a dangerous one only asks. */
export function press(action: Action, confirmation: Confirmation): void {
  if (action.busy !== null || action.unavailable !== null) return;
  if (action.confirm === null) return perform(action, confirmation);
  if (action.confirm.grade !== 'click') return confirmation.ask(action);
  if (!confirmation.isArmed(action.id)) return confirmation.arm(action.id);
  if (confirmation.settled) perform(action, confirmation);
}

/** Does what has been confirmed, or needs no confirmation. */
export function perform(action: Action, confirmation: Confirmation): void {
  confirmation.withdraw();
  action.run();
}
