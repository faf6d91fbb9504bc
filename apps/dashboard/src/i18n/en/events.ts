import { count } from '../phrases.js';

/** The feed of what happened. */
export const events = {
  title: 'Events',
  hold: 'Hold',
  follow: 'Follow',
  followNew: (newer: string) => `Follow (${newer} new)`,
  of: 'Events of',
  list: 'Events, newest first',
  missing: (events: number) => `${count(events, 'event')} missing here`,
  none: 'Nothing has happened yet that this page heard of.',
};
