import type { Catalogue } from '../catalogue.js';
import { actions } from './actions.js';
import { chaos } from './chaos.js';
import { cluster } from './cluster.js';
import { data } from './data.js';
import { events } from './events.js';
import { failure } from './failure.js';
import { impact } from './impact.js';
import { keys } from './keys.js';
import { members } from './members.js';
import { metrics } from './metrics.js';
import { nodes } from './nodes.js';
import { overview } from './overview.js';
import { shell } from './shell.js';
import { stage } from './stage.js';
import { time } from './time.js';
import { timeline } from './timeline.js';
import { verdict } from './verdict.js';
import { why } from './why.js';
import { write } from './write.js';

export const de: Catalogue = {
  actions,
  chaos,
  cluster,
  data,
  events,
  failure,
  impact,
  keys,
  members,
  metrics,
  nodes,
  overview,
  shell,
  stage,
  time,
  timeline,
  verdict,
  why,
  write,
};
