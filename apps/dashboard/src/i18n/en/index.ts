import { actions } from './actions.js';
import { impact } from './impact.js';
import { shell } from './shell.js';

export const en = { actions, impact, shell };
