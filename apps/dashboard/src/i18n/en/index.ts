import { actions } from './actions.js';
import { chaos } from './chaos.js';
import { impact } from './impact.js';
import { shell } from './shell.js';
import { why } from './why.js';

export const en = { actions, chaos, impact, shell, why };
