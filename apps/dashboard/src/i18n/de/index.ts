import type { Catalogue } from '../catalogue.js';
import { data } from './data.js';
import { shell } from './shell.js';

export const de: Catalogue = { data, shell };
