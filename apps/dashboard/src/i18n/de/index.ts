import type { Catalogue } from '../catalogue.js';
import { actions } from './actions.js';
import { chaos } from './chaos.js';
import { cluster } from './cluster.js';
import { data } from './data.js';
import { failure } from './failure.js';
import { impact } from './impact.js';
import { keys } from './keys.js';
import { shell } from './shell.js';
import { verdict } from './verdict.js';
import { why } from './why.js';

export const de: Catalogue = {
  actions,
  chaos,
  cluster,
  data,
  failure,
  impact,
  keys,
  shell,
  verdict,
  why,
};
