import { becomeFollower } from './election.js';
import { isRemovedLeader, leaveJoint, promoteCaughtUp } from './membership.js';
import { answerReads } from './reading.js';
import { advanceCommit, broadcastHeartbeat, lastQuorumContact, replicate } from './replication.js';
import type { RaftState } from './raft-state.js';
import { sendSnapshots } from './sending.js';
import { dismissRemoved } from './streams.js';
import { continueTransfer, furthestVoter } from './transfer.js';

/**
 * What a leader does after every input: it looks at what is, and does what that asks for. Handlers
 * only note what they learned.
 */
export function lead(raft: RaftState): void {
  advanceCommit(raft);
  dismissRemoved(raft);
  sendSnapshots(raft);
  leaveJoint(raft);
  if (isRemovedLeader(raft)) {
    leave(raft);
    return;
  }
  answerReads(raft);
  promoteCaughtUp(raft);
  continueTransfer(raft);
  replicate(raft);
}

/**
 * Time passed: show that the leader lives, and give up when no majority hears it (thesis §6.2). After
 * a sleep of the own process the answers may wait in its sockets, so it gives them a moment first.
 */
export function leaderTick(raft: RaftState, overslept: boolean): void {
  const { leadership, timing } = raft;
  if (leadership === null) return;
  const grace = raft.now - timing.electionMs[1] + timing.heartbeatMs;
  if (overslept) leadership.trustedAt = Math.max(leadership.trustedAt, grace);
  const inTouch = Math.max(lastQuorumContact(raft), leadership.trustedAt);
  if (raft.now - inTouch >= timing.electionMs[1]) {
    becomeFollower(raft, raft.term, 'lost-quorum');
    return;
  }
  if (raft.now >= leadership.heartbeatDeadline) broadcastHeartbeat(raft);
}

/** The configuration without this leader is committed: tell the others, and let the best one stand. */
function leave(raft: RaftState): void {
  replicate(raft);
  const successor = furthestVoter(raft);
  if (successor !== null) {
    const { lastIndex } = raft.log;
    raft.send(successor, { type: 'timeout-now', term: raft.term, lastIndex });
  }
  becomeFollower(raft, raft.term, 'removed');
}
