import type { Catalogue } from '../catalogue.js';
import { count } from '../phrases.js';

export const events: Catalogue['events'] = {
  title: 'Ereignisse',
  hold: 'Anhalten',
  follow: 'Folgen',
  followNew: (newer) => `Folgen (${newer} neu)`,
  of: 'Ereignisse von',
  list: 'Ereignisse, die neuesten zuerst',
  missing: (events) => `Hier fehlen ${count(events, 'Ereignis', 'Ereignisse')}`,
  none: 'Noch ist nichts geschehen, von dem diese Seite gehört hat.',
};
