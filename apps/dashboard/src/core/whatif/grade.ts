import type { WhatIf } from './what-if.js';

/**
 * How much an act asks of the person who does it:
 * - `click`: a second click in the same place; a quorum and its leader stay
 * - `dialog`: a look at what there will be afterwards; the leader goes, the voters change, or
 *   there is no quorum as it is
 * - `typed`: a name to be typed; the quorum or data is lost
 */
export type Grade = 'click' | 'dialog' | 'typed';

export function gradeOf({ before, after }: WhatIf, losesData = false): Grade {
  const losesQuorum = before.tolerance >= 0 && after.tolerance < 0;
  if (losesData || losesQuorum) return 'typed';
  const sameVoters =
    before.voters.length === after.voters.length &&
    before.voters.every((id) => after.voters.includes(id));
  if (before.tolerance < 0 || before.leader !== after.leader || !sameVoters) return 'dialog';
  return 'click';
}
