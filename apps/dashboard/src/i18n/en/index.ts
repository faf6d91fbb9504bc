import { data } from './data.js';
import { data, shell } from './shell.js';

export const en = { data, shell };
