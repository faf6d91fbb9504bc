import { actions } from './actions.js';
import { impact } from './impact.js';
import { shell } from './shell.js';
import { time } from './time.js';

export const en = { actions, impact, shell, time };
