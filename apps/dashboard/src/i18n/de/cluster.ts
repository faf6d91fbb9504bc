import { duration, integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { count, say } from '../phrases.js';
import { verdict } from './verdict.js';

const ago = (ms: number) => (ms < 1_000 ? 'eben' : `vor ${duration(ms)}`);

export const cluster: Catalogue['cluster'] = {
  faces: {
    leader: 'Leader',
    candidate: 'Kandidat',
    'pre-candidate': 'Vorkandidat',
    follower: 'Follower',
    learner: 'Lernend',
    blank: 'Leer',
    outsider: 'Kein Mitglied',
    dead: 'Aus',
    paused: 'Angehalten',
    starting: 'Startet',
    silent: 'Stumm',
    stopping: 'Wird beendet',
    unreachable: 'Unerreichbar',
  },
  vitality: {
    live: 'läuft',
    silent: 'stumm',
    paused: 'angehalten',
    stopping: 'wird beendet',
    dead: 'aus',
    starting: 'startet',
    unreachable: 'unerreichbar',
  },
  membership: { voter: 'stimmberechtigt', learner: 'lernend' },
  announcements: {
    vitality: ({ node, vitality, how }) =>
      say(verdict.reasons, { kind: 'away', node, vitality, how }),
    leader: ({ leader, term }) => `${leader} führt in Term ${term}.`,
    verdict: ({ headline }) => say(verdict.headlines, headline),
    faults: ({ count: number }) =>
      number === 0
        ? 'Keine Störung ist mehr in Kraft.'
        : `${count(number, 'Störung', 'Störungen')} in Kraft.`,
  },
  none: 'keiner',
  ago,
  lastWord: (ms) => `zuletzt gehört ${ago(ms)}`,
  ring: 'Die Knoten und wer sie führt',
  term: 'Term',
  leads: (leader) => `${leader} führt`,
  noLeader: 'kein Leader',
  notConnected: 'nicht verbunden',
  logTail: ({ last, uncommitted, missing }) =>
    `Log bis ${integer(last)}: ${integer(uncommitted)} nicht bestätigt, ${integer(missing)} fehlen.`,
};
