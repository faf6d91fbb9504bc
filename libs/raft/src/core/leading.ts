import { becomeFollower } from './election.js';
import { isRemovedLeader, promoteCaughtUp } from './membership.js';
import {
  advanceCommit,
  broadcastHeartbeat,
  confirmedReads,
  lastQuorumContact,
  replicate,
} from './replication.js';
import type { RaftState } from './raft-state.js';
import { continueTransfer, furthestVoter } from './transfer.js';

/**
 * What a leader does after every input: it looks at what is, and does what that asks for. Handlers
 * only note what they learned.
 */
export function lead(raft: RaftState): void {
  advanceCommit(raft);
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
  if (overslept) leadership.trustedAt = raft.now - timing.electionMs[1] + timing.heartbeatMs;
  const inTouch = Math.max(lastQuorumContact(raft), leadership.trustedAt);
  if (raft.now - inTouch >= timing.electionMs[1]) {
    becomeFollower(raft, raft.term, 'lost-quorum');
    return;
  }
  if (raft.now >= leadership.heartbeatDeadline) broadcastHeartbeat(raft);
}

/** Reads wait for an entry of this term to be committed: before, the commit index may lag (thesis §6.4). */
function answerReads(raft: RaftState): void {
  const { leadership } = raft;
  if (leadership === null || raft.commitIndex < leadership.termStart) return;
  const { reads } = leadership;
  if (reads.wantsRound) {
    reads.startRound(raft.commitIndex);
    broadcastHeartbeat(raft);
  }
  const round = reads.finishRound(confirmedReads(raft));
  if (round === null) return;
  const { index } = round;
  for (const { id, from } of round.tickets) {
    if (from === null) raft.answer({ type: 'readable', id, index });
    else raft.send(from, { type: 'read-response', term: raft.term, id, refusal: null, index });
  }
  if (reads.wantsRound) answerReads(raft);
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
