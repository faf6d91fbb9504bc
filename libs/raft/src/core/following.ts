import { becomeFollower, challenges } from './election.js';
import type { NodeId, Term } from './entry.js';
import { noteHeartbeat } from './freshness.js';
import type { AppendRequest, Heartbeat } from './message.js';
import type { RaftState } from './raft-state.js';
import { findMalformed } from './well-formed.js';

/** AppendEntries, receiver (paper figure 2). */
export function handleAppendRequest(raft: RaftState, from: NodeId, request: AppendRequest): void {
  // 1. Reply false if term < currentTerm. The answer's term makes an old leader step down.
  if (request.term < raft.term) {
    rejectAppend(raft, from, request);
    return;
  }
  const malformed = findMalformed(request);
  if (malformed !== null) {
    raft.tell({ type: 'bad-message', peer: from, reason: malformed });
    return;
  }
  if (!followLeader(raft, from, request.term)) return;
  // A disk that does not write must not pile up entries in memory.
  if (raft.storageFault !== null && request.entries.length > 0) return;

  // 2. Reply false if the log has no entry at prevLogIndex whose term matches. Below its base it is
  // the leader's log: what a snapshot stands for is committed (paper §7).
  const { base } = raft.log;
  if (request.prevIndex >= base.index && raft.log.termAt(request.prevIndex) !== request.prevTerm) {
    rejectAppend(raft, from, request);
    return;
  }

  // 3. If an existing entry conflicts with a new one, delete it and all that follow it.
  const fresh = request.entries.findIndex(
    ({ index, term }) => index >= base.index && raft.log.termAt(index) !== term,
  );
  const added = fresh === -1 ? [] : request.entries.slice(fresh);
  if (added[0] !== undefined && added[0].index <= raft.log.lastIndex) {
    if (added[0].index <= raft.commitIndex) {
      const reason = `would replace committed entry ${added[0].index}`;
      raft.tell({ type: 'bad-message', peer: from, reason });
      return;
    }
    raft.truncate(added[0].index);
  }

  // 4. Append any new entries not already in the log.
  if (added.length > 0) raft.append(added);

  // 5. If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry).
  const match = Math.max(base.index, request.prevIndex + request.entries.length);
  raft.commitTo(Math.min(request.commit, match));

  raft.sendWhenDurable(from, {
    type: 'append-response',
    term: raft.term,
    session: request.session,
    match,
    rejectedIndex: 0,
    conflictIndex: 0,
    conflictTerm: 0,
  });
}

/** Tells where the logs may agree, so that the leader need not step back entry by entry (paper §5.3). */
function rejectAppend(raft: RaftState, from: NodeId, request: AppendRequest): void {
  const conflictIndex = raft.log.lastIndexOfTermAtMost(request.prevTerm, request.prevIndex);
  raft.send(from, {
    type: 'append-response',
    term: raft.term,
    session: request.session,
    match: null,
    rejectedIndex: request.prevIndex,
    conflictIndex,
    conflictTerm: raft.log.termAt(conflictIndex) ?? 0,
  });
}

/** A heartbeat carries no more than the leader knows to be in this log (thesis §6.4 for the position). */
export function handleHeartbeat(raft: RaftState, from: NodeId, heartbeat: Heartbeat): void {
  const { session, readPosition, sentAt } = heartbeat;
  if (heartbeat.term >= raft.term) {
    if (!followLeader(raft, from, heartbeat.term)) return;
    raft.commitTo(heartbeat.commit);
    noteHeartbeat(raft, heartbeat);
  }
  raft.send(from, {
    type: 'heartbeat-response',
    term: raft.term,
    session,
    readPosition,
    sentAt,
    holdMs: raft.hold(),
    clock: Math.floor(raft.clock.time),
  });
}

/** Whether `from` may lead `term`; then it is followed. */
export function followLeader(raft: RaftState, from: NodeId, term: Term): boolean {
  if (term === raft.term && (raft.role === 'leader' || (raft.leader ?? from) !== from)) {
    const reason = `claims to lead term ${term}, which ${raft.leader ?? raft.id} leads`;
    raft.tell({ type: 'bad-message', peer: from, reason });
    return false;
  }
  if (!challenges(raft, term)) becomeFollower(raft, term);
  raft.setLeader(from);
  raft.heardLeader();
  return true;
}
