import { data } from './data.js';
import { shell } from './shell.js';

export const en = { data, shell };
