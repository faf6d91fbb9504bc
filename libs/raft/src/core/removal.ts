import { type Configuration, findMember, isVoter } from './configuration.js';
import type { NodeId } from './entry.js';
import type { VoteRequest, VoteResponse } from './message.js';
import type { RaftState } from './raft-state.js';

/*
 * A removed server gets no heartbeats any more, so it would stand again and again (thesis §4.2.3).
 * Its leader tells it before it lets go of it; where that did not reach it, the voters do, as soon as
 * it asks for their votes. Then it is quiet until it is added again.
 */

/**
 * Whether a candidate is known to be a member no more. One whose log goes on where this one ends may
 * know of a later configuration, which names it again.
 */
export function hasBeenRemoved(raft: RaftState, from: NodeId, request: VoteRequest): boolean {
  const { configuration, configurationCommitted, log } = raft;
  if (!configurationCommitted || findMember(configuration, from) !== undefined) return false;
  const { lastIndex, lastTerm } = request;
  const isSameLog = lastIndex === log.lastIndex && lastTerm === log.lastTerm;
  return isSameLog || !log.isUpToDate(lastIndex, lastTerm);
}

/**
 * A voter says that this node is a member no more: true if that holds. A configuration of its own
 * that is later is not refuted by an earlier one.
 */
export function fallQuiet(raft: RaftState, from: NodeId, response: VoteResponse): boolean {
  const { refusal, configurationIndex } = response;
  if (refusal !== 'not-a-member' || raft.leadership !== null) return false;
  if (!isVoter(raft.configuration, from)) return false;
  if (configurationIndex < raft.configuration.index) return false;
  noteRemovedAt(raft, configurationIndex);
  return true;
}

/** Reads in the own log whether this node has been removed, or is a member again. */
export function noteRemoval(raft: RaftState): void {
  const { configuration, log } = raft;
  if (isNamed(raft, configuration)) {
    if (configuration.index > raft.removedAt) raft.removedAt = 0;
  } else if (raft.configurationCommitted && isNamed(raft, log.previousConfiguration)) {
    noteRemovedAt(raft, configuration.index);
  }
}

function isNamed(raft: RaftState, configuration: Configuration): boolean {
  const member = findMember(configuration, raft.id);
  return member !== undefined && raft.isSelf(member);
}

function noteRemovedAt(raft: RaftState, index: number): void {
  if (!raft.isRemoved) raft.tell({ type: 'removed', index });
  raft.removedAt = Math.max(raft.removedAt, index);
}
