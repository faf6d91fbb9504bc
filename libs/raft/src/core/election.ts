import { isVoter, type Member } from './configuration.js';
import { entriesSize, type NodeId, type Term } from './entry.js';
import type { StepDownReason } from './event.js';
import { Leadership } from './leadership.js';
import type { Refusal, VoteRefusal, VoteRequest, VoteResponse } from './message.js';
import { voteOutcome, votesMissing } from './quorum.js';
import { answerRead } from './reading.js';
import { fallQuiet, hasBeenRemoved } from './removal.js';
import type { RaftState } from './raft-state.js';
import { trackPeers } from './streams.js';

const nothing = new Uint8Array(0);

/**
 * No word from a leader in time: stand. Unless it is told not to, the node asks first whether an
 * election could be won (PreVote, thesis §9.6).
 * After a sleep of the own process the leader's word may wait in a socket: give it a moment first.
 */
export function followerTick(raft: RaftState, overslept: boolean): void {
  if (overslept) {
    raft.electionDeadline = raft.now + raft.timing.heartbeatMs;
    return;
  }
  const cause = raft.leaderSuspected ? 'disconnected' : 'timeout';
  const { leader: lastLeader } = raft;
  raft.setLeader(null);
  if (!raft.standsByItself) return;
  raft.tell({ type: 'election-timeout', term: raft.term, lastLeader, cause });
  campaign(raft, { preVote: raft.elections.preVote, transfer: false });
}

/**
 * Somebody asks this node to stand. It asks first whether it can win, for a leader that lives is not to
 * fall for nothing; and its voters answer although they hear one, unless leases rest on that they do
 * not (thesis §6.4.1).
 */
export function standOnRequest(raft: RaftState, id: number): void {
  const refusal = whyNotStand(raft);
  if (refusal !== null) {
    raft.refuse(id, refusal);
    return;
  }
  raft.answer({ type: 'done', id });
  if (raft.leadership !== null) return;
  const { leader: lastLeader } = raft;
  raft.tell({ type: 'election-timeout', term: raft.term, lastLeader, cause: 'asked' });
  campaign(raft, { preVote: true, transfer: !raft.leaseReads });
}

function whyNotStand(raft: RaftState): Refusal | null {
  if (raft.isBlank) return 'not-bootstrapped';
  if (raft.isRemoved) return 'removed';
  if (raft.storageFault !== null) return 'storage-fault';
  return raft.canCampaign ? null : 'not-a-voter';
}

/** Whether it counts pre-votes against the leader of this term, since somebody has asked it to. */
export function challenges(raft: RaftState, term: Term): boolean {
  const { campaign, now } = raft;
  if (campaign === null || term !== raft.term) return false;
  return campaign.preVote && campaign.transfer && now < campaign.until;
}

/**
 * Stands for election (paper §5.2). A pre-vote asks in the name of the next term and changes nothing;
 * a real one raises the term and votes for itself, and asks only once that is durable.
 */
export function campaign(
  raft: RaftState,
  { preVote, transfer }: { preVote: boolean; transfer: boolean },
): void {
  if (!preVote) {
    raft.setTerm(raft.term + 1);
    raft.setVote(raft.id);
    raft.setLeader(null);
  }
  raft.setRole(preVote ? 'pre-candidate' : 'candidate');
  const until = raft.now + raft.timing.electionMs[0];
  raft.campaign = { preVote, transfer, until, votes: new Map(), write: raft.currentWrite() };
  raft.hasStood = true;
  raft.resetElectionDeadline();
  const term = preVote ? raft.term + 1 : raft.term;
  raft.tell({ type: 'election-started', term, preVote, votesNeeded: raft.votesNeeded });

  const { lastIndex, lastTerm } = raft.log;
  const request = { type: 'vote-request', term, preVote, transfer, lastIndex, lastTerm } as const;
  for (const peer of raft.peers()) {
    if (!isVoter(raft.configuration, peer)) continue;
    if (preVote) raft.send(peer, request);
    else raft.sendWhenDurable(peer, request);
  }
  countOwnVote(raft);
}

/** A candidate's vote for itself counts like any other: if it is a voter, once it is durable. */
export function countOwnVote(raft: RaftState): void {
  const { campaign } = raft;
  if (campaign === null || campaign.votes.has(raft.id)) return;
  if (!raft.votesIn(raft.configuration)) return;
  if (!campaign.preVote && !raft.disk.isDurable(campaign.write)) return;
  recordVote(raft, raft.id, null);
}

/** RequestVote, receiver (paper figure 2; stickiness, thesis §4.2.3). */
export function handleVoteRequest(raft: RaftState, from: NodeId, request: VoteRequest): void {
  const refusal = turnAway(raft, from, request);
  if (refusal === null && !request.preVote && request.term > raft.term) {
    becomeFollower(raft, request.term);
  }
  castVote(raft, from, request, refusal ?? judgeCandidate(raft, from, request));
}

/** Whom a node does not even listen to, whatever the term: its own stays as it is. */
function turnAway(raft: RaftState, from: NodeId, request: VoteRequest): VoteRefusal | null {
  if (raft.isBlank) return 'blank';
  if (hasBeenRemoved(raft, from, request)) return 'not-a-member';
  // A node whose leader lives ignores candidates: they are cut off or removed.
  return raft.hearsLeader && !request.transfer ? 'leader-alive' : null;
}

function judgeCandidate(raft: RaftState, from: NodeId, request: VoteRequest): VoteRefusal | null {
  if (request.preVote ? request.term <= raft.term : request.term < raft.term) return 'stale-term';
  if (!request.preVote && raft.votedFor !== null && raft.votedFor !== from) return 'already-voted';
  if (!raft.log.isUpToDate(request.lastIndex, request.lastTerm)) return 'log-behind';
  return null;
}

function castVote(
  raft: RaftState,
  candidate: NodeId,
  { term, preVote }: VoteRequest,
  refusal: VoteRefusal | null,
): void {
  raft.tell({ type: 'vote-cast', candidate, term, preVote, refusal });
  if (refusal !== null) {
    const configurationIndex = refusal === 'not-a-member' ? raft.configuration.index : 0;
    const refused = { term: raft.term, preVote, refusal, configurationIndex };
    raft.send(candidate, { type: 'vote-response', ...refused });
    return;
  }
  const granted = { type: 'vote-response', term, preVote, refusal, configurationIndex: 0 } as const;
  if (preVote) {
    raft.send(candidate, granted);
    return;
  }
  if (raft.votedFor === null) raft.setVote(candidate);
  raft.resetElectionDeadline();
  raft.sendWhenDurable(candidate, granted);
}

/** RequestVote, the answer (paper figure 2). */
export function handleVoteResponse(raft: RaftState, from: NodeId, response: VoteResponse): void {
  if (fallQuiet(raft, from, response)) {
    becomeFollower(raft, raft.term);
    return;
  }
  if (response.refusal !== null && response.term > raft.term) {
    becomeFollower(raft, response.term);
    return;
  }
  const { campaign } = raft;
  if (campaign?.preVote !== response.preVote) return;
  const asked = campaign.preVote ? raft.term + 1 : raft.term;
  if (response.refusal === null && response.term !== asked) return;
  // A grant is final; a refusal may be one of an earlier campaign, come late.
  if (!isVoter(raft.configuration, from) || campaign.votes.get(from) === true) return;
  recordVote(raft, from, response.refusal);
}

function recordVote(raft: RaftState, from: NodeId, refusal: VoteRefusal | null): void {
  if (raft.campaign === null) return;
  const { votes, preVote, transfer } = raft.campaign;
  votes.set(from, refusal === null);
  const tally = [...votes.values()].filter(Boolean).length;
  const voteOf = (voter: Member) => (raft.isPresent(voter) ? votes.get(voter.id) : undefined);
  const votesNeeded = tally + votesMissing(raft.configuration, voteOf);
  const term = preVote ? raft.term + 1 : raft.term;
  raft.tell({ type: 'vote-received', from, term, preVote, refusal, tally, votesNeeded });

  switch (voteOutcome(raft.configuration, voteOf)) {
    case 'won':
      return preVote ? campaign(raft, { preVote: false, transfer }) : becomeLeader(raft, tally);
    case 'lost':
      return becomeFollower(raft, raft.term);
    case 'open':
  }
}

/** Opens its term with an entry of its own: only that lets older entries commit (paper §5.4.2, §8). */
function becomeLeader(raft: RaftState, tally: number): void {
  const { now, timing, log } = raft;
  raft.campaign = null;
  // It has everything that a snapshot could bring (leader completeness, paper §5.4).
  raft.installing = null;
  raft.tell({ type: 'election-won', term: raft.term, tally });
  raft.setRole('leader');
  raft.setLeader(raft.id);
  const inherited = entriesSize(log.between(raft.commitIndex + 1, log.lastIndex));
  raft.leadership = new Leadership(log.lastIndex + 1, now + timing.heartbeatMs, now, inherited);
  trackPeers(raft);
  raft.appendNew('noop', nothing);
}

/** Follows whoever leads `term` now; nothing of a campaign or a leadership is left. */
export function becomeFollower(raft: RaftState, term: Term, reason?: StepDownReason): void {
  const newTerm = term > raft.term;
  if (raft.leadership !== null) stepDown(raft, reason ?? 'higher-term');
  raft.setTerm(term);
  raft.campaign = null;
  raft.setRole('follower');
  if (newTerm) raft.setLeader(null);
}

function stepDown(raft: RaftState, reason: StepDownReason): void {
  const { leadership } = raft;
  if (leadership === null) return;
  raft.leadership = null;
  raft.setLeader(null);
  raft.resetElectionDeadline();
  const { transfer } = leadership;
  const handedOver = transfer?.sent === true && reason === 'higher-term';
  raft.tell({
    type: 'stepped-down',
    term: raft.term,
    reason: handedOver ? 'transferred' : reason,
  });
  for (const ticket of leadership.reads.takeAll()) {
    answerRead(raft, ticket, { refusal: 'leadership-lost', index: 0 });
  }
  if (handedOver) raft.handover = transfer;
  else if (transfer !== null) {
    raft.tell({ type: 'transfer-ended', to: transfer.to, succeeded: false });
    raft.refuse(transfer.id, 'leadership-lost');
  }
}
