import type { Announcement } from '../../core/cluster/announcements.js';
import type { Face } from '../../core/cluster/face.js';
import type { LogTail } from '../../core/cluster/log-tail.js';
import type { Vitality } from '../../core/cluster/observation.js';
import { duration, integer } from '../../core/words.js';
import { count, say, type Sentences } from '../phrases.js';
import { verdict } from './verdict.js';

const faces: Record<Face['word'], string> = {
  leader: 'Leader',
  candidate: 'Candidate',
  'pre-candidate': 'Pre-candidate',
  follower: 'Follower',
  learner: 'Learner',
  blank: 'Blank',
  outsider: 'Not a member',
  dead: 'Down',
  paused: 'Paused',
  starting: 'Starting',
  silent: 'Silent',
  stopping: 'Stopping',
  unreachable: 'Unreachable',
};

const vitality: Record<Vitality, string> = {
  live: 'up',
  silent: 'silent',
  paused: 'paused',
  stopping: 'stopping',
  dead: 'down',
  starting: 'starting',
  unreachable: 'unreachable',
};

const announcements: Sentences<Announcement> = {
  vitality: ({ node, vitality, how }) =>
    say(verdict.reasons, { kind: 'away', node, vitality, how }),
  leader: ({ leader, term }) => `${leader} leads term ${term}.`,
  verdict: ({ headline }) => say(verdict.headlines, headline),
  faults: ({ count: number }) =>
    number === 0 ? 'No fault is in force any more.' : `${count(number, 'fault')} in force.`,
};

/** `now`, `12 s ago` */
function ago(ms: number): string {
  return ms < 1_000 ? 'now' : `${duration(ms)} ago`;
}

/** What is said of nodes and of the whole, wherever it is said. */
export const cluster = {
  faces,
  vitality,
  membership: { voter: 'voter', learner: 'learner' },
  announcements,
  none: 'none',
  ago,
  lastWord: (ms: number) => `last word ${ago(ms)}`,
  ring: 'The nodes and who leads them',
  term: 'term',
  leads: (leader: string) => `${leader} leads`,
  noLeader: 'no leader',
  notConnected: 'not connected',
  logTail: ({ last, uncommitted, missing }: LogTail) =>
    `Log to ${integer(last)}: ${integer(uncommitted)} not committed, ${integer(missing)} missing.`,
};
