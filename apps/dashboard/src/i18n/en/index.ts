import { actions } from './actions.js';
import { cluster } from './cluster.js';
import { data } from './data.js';
import { events } from './events.js';
import { failure } from './failure.js';
import { impact } from './impact.js';
import { keys } from './keys.js';
import { overview } from './overview.js';
import { shell } from './shell.js';
import { verdict } from './verdict.js';
import { write } from './write.js';

export const en = {
  actions,
  cluster,
  data,
  events,
  failure,
  impact,
  keys,
  overview,
  shell,
  verdict,
  write,
};
