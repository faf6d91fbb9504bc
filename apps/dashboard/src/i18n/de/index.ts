import type { Catalogue } from '../catalogue.js';
import { nodes } from './nodes.js';
import { shell } from './shell.js';

export const de: Catalogue = { nodes, shell };
