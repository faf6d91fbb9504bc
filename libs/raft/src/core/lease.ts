import type { RaftState } from './raft-state.js';
import { leaseOfQuorum } from './replication.js';

/**
 * Whether no other can lead yet, so that this leader may answer reads without asking anybody (thesis
 * §6.4.1). Once a transfer has told somebody to stand, votes for it break every promise, and they may
 * come at any time until the term ends (openraft#1747).
 */
export function holdsLease(raft: RaftState): boolean {
  const { leadership } = raft;
  if (!raft.leaseReads || leadership === null || leadership.toldToStand) return false;
  if (raft.commitIndex < leadership.termStart) return false;
  return raft.clock.time < leaseOfQuorum(raft);
}
