import { voters } from './configuration.js';
import { campaign } from './election.js';
import type { NodeId } from './entry.js';
import type { TimeoutNow } from './message.js';
import type { Progress } from './progress.js';
import type { RaftState } from './raft-state.js';

/** Starts to hand leadership over (thesis §3.10): no new entries until it ends. */
export function startTransfer(raft: RaftState, id: number, wanted: NodeId | null): void {
  const { leadership } = raft;
  if (leadership === null) {
    raft.refuse(id, 'not-leader');
    return;
  }
  if (leadership.transfer !== null) {
    raft.refuse(id, 'transfer-in-progress');
    return;
  }
  const to = wanted ?? furthestVoter(raft);
  if (to === raft.id) {
    raft.answer({ type: 'done', id });
    return;
  }
  if (to === null || !canTakeOver(raft, to)) {
    raft.refuse(id, 'transfer-target-unfit');
    return;
  }
  leadership.transfer = { id, to, deadline: raft.now + raft.timing.electionMs[1], sent: false };
  raft.tell({ type: 'transfer-started', to });
}

/**
 * Only a voter that votes in the end, and has answered lately: nothing is proposed while it takes over,
 * so nobody waits for a dead one, or for one that needs a snapshot first.
 */
function canTakeOver(raft: RaftState, id: NodeId): boolean {
  const { leadership, configuration, now, timing } = raft;
  const progress = leadership?.progress.get(id);
  if (leadership === null || progress === undefined || progress.state === 'snapshot') return false;
  const heard = Math.max(progress.lastContact, leadership.trustedAt);
  const isAlive = now - heard < timing.electionMs[1];
  return isAlive && voters(configuration).some((voter) => voter.id === id);
}

/**
 * The voter that is alive and has most of the log: it will win soonest. While joint, one of those that
 * vote in the end.
 */
export function furthestVoter(raft: RaftState): NodeId | null {
  const candidates = voters(raft.configuration).flatMap(
    ({ id }) => raft.leadership?.progress.get(id) ?? [],
  );
  const aliveSince = raft.now - raft.timing.electionMs[0];
  const alive = ({ lastContact }: Progress) => Number(lastContact >= aliveSince);
  candidates.sort((a, b) => alive(b) - alive(a) || b.match - a.match);
  return candidates[0]?.id ?? null;
}

/** Tells the target to stand, once it has the whole log: with less it could not win. */
export function continueTransfer(raft: RaftState): void {
  const { leadership } = raft;
  const transfer = leadership?.transfer ?? null;
  if (leadership === null || transfer === null || transfer.sent) return;
  if (leadership.progress.get(transfer.to)?.match !== raft.log.lastIndex) return;
  transfer.sent = true;
  leadership.toldToStand = true;
  raft.send(transfer.to, { type: 'timeout-now', term: raft.term, lastIndex: raft.log.lastIndex });
}

/** The target did not take over in time: this node leads on, as if nothing had been. */
export function expireTransfer(raft: RaftState): void {
  const transfer = raft.leadership?.transfer ?? raft.handover;
  if (transfer === null || raft.now < transfer.deadline) return;
  if (raft.leadership !== null) raft.leadership.transfer = null;
  raft.handover = null;
  raft.tell({ type: 'transfer-ended', to: transfer.to, succeeded: false });
  raft.refuse(transfer.id, 'transfer-timed-out');
}

/** This node stepped down for a target; a leader has shown itself since. */
export function finishHandover(raft: RaftState): void {
  const { handover, leader } = raft;
  if (handover === null || leader === null) return;
  raft.handover = null;
  const succeeded = leader === handover.to;
  raft.tell({ type: 'transfer-ended', to: handover.to, succeeded });
  if (succeeded) raft.answer({ type: 'done', id: handover.id });
  else raft.refuse(handover.id, 'transfer-timed-out');
}

/** The leader asks this node to stand at once: no pre-vote, its followers expect it. */
export function handleTimeoutNow(raft: RaftState, from: NodeId, message: TimeoutNow): void {
  if (message.term !== raft.term || from !== raft.leader || !raft.canCampaign) return;
  if (raft.log.lastIndex < message.lastIndex) return;
  raft.tell({ type: 'election-timeout', term: raft.term, lastLeader: from, cause: 'transfer' });
  campaign(raft, { preVote: false, transfer: true });
}
