import type { Desk } from '../state/desk.svelte.js';
import type { Action } from './action.js';
import { chaosActions } from './chaos-actions.js';
import { memberActions } from './member-actions.js';
import { nodeActions } from './node-actions.js';
import { processActions } from './process-actions.js';
import { pageActions } from './page-actions.js';
import { timeActions } from './time-actions.js';

/** Tells what can be done in one area, of the cluster as it is now. Read within a reaction. */
export type Provider = (desk: Desk) => readonly Action[];

/** One for each area: what is not in this list does not exist for shortcuts and palette. */
export const providers: readonly Provider[] = [
  pageActions,
  processActions,
  timeActions,
  nodeActions,
  memberActions,
  chaosActions,
];
