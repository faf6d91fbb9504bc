import type { Impact } from '../../core/whatif/impact.js';
import type { Standing } from '../../core/whatif/what-if.js';
import { count } from '../phrases.js';

/** What an act would leave of the cluster. */
export const impact = {
  ofNode(impact: Impact): string {
    const { act, node, leads, votes, whatIf } = impact;
    const parts = leads && act !== 'wipe' ? [`${node} leads; another must be elected.`] : [];
    if (act === 'wipe') {
      parts.push(`All data of ${node} on this machine is deleted; it has to be joined again.`);
    }
    if (votes) parts.push(remaining(whatIf.after));
    else if (act !== 'wipe') parts.push(`${node} is no voter: the quorum stays as it is.`);
    return parts.join(' ');
  },
  remaining,
  forget: (node: string) =>
    `${node} is no member: its volume is deleted, and this supervisor knows it no more.`,
  leaderGoes: (leader: string) => `${leader} leads; another must be elected.`,
  election: (node: string, leader: string | null) =>
    leader === null
      ? `${node} asks the voters for their votes, in a new term.`
      : `${node} asks the voters for their votes, in a new term. ${leader} leads now; who wins leads afterwards, and writes wait meanwhile.`,
  table: {
    caption: 'The cluster before and after',
    before: 'Now',
    after: 'Afterwards',
    voters: 'Voters',
    working: 'Working',
    quorum: 'Needed for a quorum',
    tolerance: 'Can still lose',
    leader: 'Leader',
    nobody: 'nobody',
    noQuorum: 'no quorum',
    elected: 'to be elected',
  },
};

function remaining({ voters, working, quorum, tolerance }: Standing): string {
  const start = `${working.length} of ${count(voters.length, 'voter')} would be up, ${quorum} needed:`;
  if (tolerance < 0) return `${start} quorum is lost, nothing can be written.`;
  if (tolerance === 0) return `${start} writes go on, no other may fail.`;
  return `${start} writes go on.`;
}
