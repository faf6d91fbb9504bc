import { shell } from './shell.js';

export const en = { shell };
