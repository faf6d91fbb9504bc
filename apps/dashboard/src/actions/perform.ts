import type { Confirmation } from '../state/confirmation.svelte.js';
import type { Action } from './action.js';

/** One press of an action, by mouse or key: the first of a dangerous one only arms it. */
export function press(action: Action, confirmation: Confirmation): void {
  if (action.busy !== null || action.unavailable !== null) return;
  if (action.confirm && !confirmation.isArmed(action.id)) {
    confirmation.arm(action.id);
    return;
  }
  if (action.confirm && !confirmation.settled) return;
  confirmation.disarm();
  action.run();
}
