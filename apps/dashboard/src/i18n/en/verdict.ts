import type { Reason, Share } from '../../core/cluster/reasons.js';
import type { Headline, Health } from '../../core/cluster/verdict.js';
import type { Vitality } from '../../core/cluster/observation.js';
import { count, list, say, type Sentences } from '../phrases.js';

const vitality: Record<Vitality, string> = {
  live: 'is up',
  silent: 'is connected but says nothing',
  paused: 'is paused',
  stopping: 'is stopping',
  dead: 'is down',
  starting: 'is starting',
  unreachable: 'cannot be reached',
};

const health: Record<Health, string> = {
  healthy: 'Healthy',
  'at-risk': 'At risk',
  'no-leader': 'No leader',
  'quorum-lost': 'Quorum lost',
  disconnected: 'Disconnected',
  empty: 'Empty',
  connecting: 'Connecting',
};

const reasons: Sentences<Reason> = {
  away: ({ node, vitality: how, how: why }) =>
    `${node} ${vitality[how]}${why === null ? '' : ` (${why})`}.`,
  unheard: ({ node }) => `${node} is not known to this page.`,
  emptied: ({ node }) => `${node} has an empty volume: join it again.`,
  disk: ({ node }) => `${node} cannot write to its disk.`,
  'not-following': ({ node, leader }) => `${node} does not follow ${leader}.`,
  'waiting-for-list': () => 'Waiting for the supervisor to list the nodes.',
  'waiting-for': ({ nodes }) => `Waiting for ${list(nodes)} to answer.`,
  old: () => 'What stands below is what was last heard. This page connects again by itself.',
  'start-cluster': () => 'If the cluster was stopped, start it with: npm start',
  'add-node': () => 'Add a node to begin.',
  bootstrap: () =>
    'No node belongs to a cluster. Make one the first member, then join the others to it.',
  'start-node': () => 'No node is up. Start one.',
  'voters-needed': ({ missing }) =>
    `Nothing can be written until ${missing === 1 ? 'one more voter is' : `${missing} more voters are`} back.`,
  agreement: ({ leader, term, ...share }) =>
    `${leader} leads term ${term}; ${some(share)} ${share.some === 1 ? 'agrees' : 'agree'}, ${share.quorum} needed.`,
  'enough-to-elect': (share) => `${some(share)} up, ${share.quorum} needed to elect.`,
  campaign: ({ node, term, pre }) =>
    pre
      ? `${node} asks whether it could win an election.`
      : `${node} asks for votes in term ${term}.`,
  behind: ({ node, entries }) => `${node} is ${count(entries, 'entry', 'entries')} behind.`,
  learner: ({ node }) => `${node} is a learner: it becomes a voter once caught up.`,
  newcomer: ({ node }) => `${node} is not a member yet.`,
  'too-few-voters': ({ voters }) =>
    voters === 1
      ? 'One voter alone: add two nodes to survive the loss of one.'
      : 'Two voters: the loss of either stops all writes. Add a third.',
};

const headlines: Sentences<Headline> = {
  connecting: () => 'Connecting…',
  starting: () => 'The nodes are starting…',
  disconnected: () => 'Disconnected: neither the supervisor nor any node answers.',
  'no-nodes': () => 'No nodes.',
  'no-cluster': () => 'No cluster yet.',
  'quorum-lost': (share) => `Quorum lost: ${some(share)} up, ${share.quorum} needed.`,
  contested: ({ claimant }) => `No leader that a quorum agrees on: ${claimant} claims to lead.`,
  'no-leader': ({ because, electing }) => {
    const why = because === null ? '' : ` because ${say(reasons, because).replace(/\.$/, '')}`;
    return `No leader${why}: ${electing ? 'an election is under way' : 'an election is due'}.`;
  },
  healthy: ({ tolerance }) => `Healthy: ${spare(tolerance)}.`,
  'at-risk': ({ tolerance }) => `At risk: ${spare(tolerance)}.`,
};

function spare(tolerance: number): string {
  return tolerance > 0 ? `can lose ${count(tolerance, 'more voter')}` : 'cannot lose another voter';
}

const some = (share: Share) => `${share.some} of ${count(share.voters, 'voter')}`;

/** What the cluster can do, and why. */
export const verdict = {
  health,
  headlines,
  reasons,
  term: 'Term',
  leader: 'Leader',
  none: 'none',
  canLose: 'Can still lose',
  voters: (tolerance: number) => (tolerance > 0 ? count(tolerance, 'voter') : 'nobody'),
  committed: 'Committed',
  remedies: 'What would help',
  working: (share: Share) => `${some(share)} working; a quorum is ${share.quorum}`,
};
