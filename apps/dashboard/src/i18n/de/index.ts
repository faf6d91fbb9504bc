import type { Catalogue } from '../catalogue.js';
import { shell } from './shell.js';

export const de: Catalogue = { shell };
