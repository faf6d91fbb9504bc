import { actions } from './actions.js';
import { failure } from './failure.js';
import { impact } from './impact.js';
import { members } from './members.js';
import { nodes } from './nodes.js';
import { shell } from './shell.js';

export const en = { actions, failure, impact, members, nodes, shell };
