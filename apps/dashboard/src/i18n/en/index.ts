import { nodes } from './nodes.js';
import { shell } from './shell.js';

export const en = { nodes, shell };
