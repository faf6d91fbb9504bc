import type { Catalogue } from '../catalogue.js';
import { actions } from './actions.js';
import { impact } from './impact.js';
import { shell } from './shell.js';

export const de: Catalogue = { actions, impact, shell };
