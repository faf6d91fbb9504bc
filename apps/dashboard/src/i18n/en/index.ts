import { actions } from './actions.js';
import { data } from './data.js';
import { impact } from './impact.js';
import { shell } from './shell.js';

export const en = { actions, data, impact, shell };
