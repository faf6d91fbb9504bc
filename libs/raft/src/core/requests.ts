import { type ChangeRequest, encodeConfiguration, type Member } from './configuration.js';
import { campaign } from './election.js';
import type { NewCommand, NodeId } from './entry.js';
import { holdsLease } from './lease.js';
import { answerRead } from './reading.js';
import { changeMembership } from './membership.js';
import type {
  MembershipRequest,
  MembershipResponse,
  ProposeRequest,
  ProposeResponse,
  ReadRequest,
  ReadResponse,
  Refusal,
} from './message.js';
import type { RaftState } from './raft-state.js';
import type { ReadTicket } from './reads.js';

/** Makes a blank node the only voter of a new cluster; it elects itself at once. */
export function bootstrap(raft: RaftState, id: number, member: Member): void {
  if (!raft.isBlank || raft.term > 0) {
    raft.refuse(id, 'already-bootstrapped');
    return;
  }
  raft.setTerm(1);
  raft.appendNew('configuration', encodeConfiguration({ members: [member], outgoing: null }));
  raft.answer({ type: 'appended', id, index: 1, term: 1 });
  campaign(raft, { preVote: false, transfer: false });
}

/** Appends commands, or hands them to the leader. */
export function propose(
  raft: RaftState,
  id: number,
  commands: readonly NewCommand[],
  forward: boolean,
): void {
  if (raft.leadership === null) {
    const { term } = raft;
    forwardOrRefuse(raft, id, forward, { type: 'propose-request', term, id, commands });
    return;
  }
  answerPlaced(raft, id, appendCommands(raft, commands));
}

/**
 * A request to an earlier leadership is not for this one, even of the same node: commands that the
 * asker sent later may stand in the log by now, and its callers' order is to be kept.
 */
export function handleProposeRequest(raft: RaftState, from: NodeId, request: ProposeRequest): void {
  const isMeant = request.term === raft.term;
  const placed = isMeant ? appendCommands(raft, request.commands) : 'leadership-lost';
  raft.send(from, { type: 'propose-response', ...placement(raft, request.id, placed) });
}

function appendCommands(raft: RaftState, commands: readonly NewCommand[]): Placed | Refusal {
  const { leadership } = raft;
  if (leadership === null) return 'not-leader';
  if (leadership.transfer !== null) return 'transfer-in-progress';
  if (leadership.uncommittedBytes >= raft.limits.maxUncommittedBytes) return 'overloaded';
  const index = raft.log.lastIndex + 1;
  const { term } = raft;
  raft.append(commands.map(({ type, data }, i) => ({ index: index + i, term, type, data })));
  return { index, term };
}

/**
 * A read at the leader waits for the next proof of leadership, unless it may go by the leader's lease;
 * elsewhere the leader is asked.
 */
export function read(raft: RaftState, id: number, forward: boolean, lease: boolean): void {
  if (raft.leadership === null) {
    forwardOrRefuse(raft, id, forward, { type: 'read-request', term: raft.term, id });
  } else if (lease && holdsLease(raft)) {
    raft.answer({ type: 'readable', id, index: raft.commitIndex });
  } else {
    awaitProof(raft, { id, from: null });
  }
}

export function handleReadRequest(raft: RaftState, from: NodeId, { id }: ReadRequest): void {
  awaitProof(raft, { id, from });
}

function awaitProof(raft: RaftState, ticket: ReadTicket): void {
  const reads = raft.leadership?.reads;
  if (reads === undefined) {
    answerRead(raft, ticket, { refusal: 'not-leader', index: 0 });
  } else if (reads.count >= raft.limits.maxWaiting) {
    answerRead(raft, ticket, { refusal: 'overloaded', index: 0 });
  } else {
    reads.add(ticket);
  }
}

export function requestChange(
  raft: RaftState,
  id: number,
  change: ChangeRequest,
  forward: boolean,
): void {
  if (raft.leadership === null) {
    const { term } = raft;
    forwardOrRefuse(raft, id, forward, { type: 'membership-request', term, id, change });
    return;
  }
  answerPlaced(raft, id, changeMembership(raft, change));
}

export function handleMembershipRequest(
  raft: RaftState,
  from: NodeId,
  request: MembershipRequest,
): void {
  const placed = raft.leadership === null ? 'not-leader' : changeMembership(raft, request.change);
  raft.send(from, { type: 'membership-response', ...placement(raft, request.id, placed) });
}

/** The leader's answer to a request that this node passed on. */
export function handleForwarded(
  raft: RaftState,
  response: ProposeResponse | MembershipResponse | ReadResponse,
): void {
  const { id, refusal, index } = response;
  if (refusal !== null) raft.refuse(id, refusal);
  else if (response.type === 'read-response') raft.answer({ type: 'readable', id, index });
  else raft.answer({ type: 'appended', id, index, term: response.entryTerm });
}

interface Placed {
  readonly index: number;
  readonly term: number;
}

function answerPlaced(raft: RaftState, id: number, placed: Placed | Refusal): void {
  if (typeof placed === 'string') raft.refuse(id, placed);
  else raft.answer({ type: 'appended', id, ...placed });
}

function placement(raft: RaftState, id: number, placed: Placed | Refusal) {
  const { term } = raft;
  return typeof placed === 'string'
    ? { term, id, refusal: placed, index: 0, entryTerm: 0 }
    : { term, id, refusal: null, index: placed.index, entryTerm: placed.term };
}

/** One hop: only to the leader itself, which never passes a request on. */
function forwardOrRefuse(
  raft: RaftState,
  id: number,
  forward: boolean,
  request: ProposeRequest | ReadRequest | MembershipRequest,
): void {
  if (raft.isBlank) raft.refuse(id, 'not-bootstrapped');
  else if (raft.isRemoved) raft.refuse(id, 'removed');
  // What becomes of a write, the own log tells: one that cannot be written tells nothing.
  else if (raft.storageFault !== null && request.type !== 'read-request') {
    raft.refuse(id, 'storage-fault');
  } else if (raft.leader === null) raft.refuse(id, 'no-leader');
  else if (!forward) raft.refuse(id, 'not-leader');
  else raft.send(raft.leader, request);
}
