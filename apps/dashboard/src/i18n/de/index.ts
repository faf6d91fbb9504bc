import type { Catalogue } from '../catalogue.js';
import { actions } from './actions.js';
import { impact } from './impact.js';
import { nodes } from './nodes.js';
import { shell } from './shell.js';

export const de: Catalogue = { actions, impact, nodes, shell };
