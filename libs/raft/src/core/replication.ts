import { entriesSize, type LogIndex, type NodeId } from './entry.js';
import type { AppendResponse, HeartbeatResponse, SnapshotResponse } from './message.js';
import type { Progress } from './progress.js';
import { reachedByQuorum } from './quorum.js';
import type { RaftState } from './raft-state.js';

/** Sends every follower what it lacks and its window allows (paper §5.3). */
export function replicate(raft: RaftState): void {
  if (raft.leadership === null) return;
  for (const progress of raft.leadership.progress.values()) {
    while (progress.wants(raft.log.lastIndex, raft.commitIndex, raft.limits)) {
      sendAppend(raft, progress);
    }
  }
}

function sendAppend(raft: RaftState, progress: Progress): void {
  const prevIndex = progress.next - 1;
  const { maxAppendBytes, maxAppendEntries } = raft.limits;
  const entries = progress.hasRoom(raft.limits)
    ? raft.log.batch(progress.next, maxAppendBytes, maxAppendEntries)
    : [];
  // Sent all the same, it would tear a hole into the follower's log (openraft#1795).
  if (entries[0] !== undefined && entries[0].index !== prevIndex + 1) {
    throw new Error(`the log gave entry ${entries[0].index} where ${prevIndex + 1} was asked for`);
  }
  raft.send(progress.id, {
    type: 'append-request',
    term: raft.term,
    session: progress.session,
    prevIndex,
    prevTerm: raft.log.termAt(prevIndex) ?? 0,
    entries,
    commit: raft.commitIndex,
  });
  progress.sent(prevIndex + entries.length, entriesSize(entries), raft.commitIndex);
}

/**
 * The stream that a response answers. One of an earlier stream, or of an earlier life of this node,
 * says nothing about what the peer holds now.
 */
export function currentStream(
  raft: RaftState,
  from: NodeId,
  { term, session }: AppendResponse | HeartbeatResponse | SnapshotResponse,
): Progress | undefined {
  const progress = raft.leadership?.progress.get(from);
  return progress?.session === session && term === raft.term ? progress : undefined;
}

/** AppendEntries, the answer (paper §5.3). */
export function handleAppendResponse(
  raft: RaftState,
  from: NodeId,
  response: AppendResponse,
): void {
  const progress = currentStream(raft, from, response);
  if (progress === undefined) return;
  progress.lastContact = raft.now;
  const before = progress.state;

  if (response.match === null) {
    if (progress.isStaleRejection(response.rejectedIndex)) return;
    const { conflictIndex, conflictTerm } = response;
    progress.rejected(raft.log.lastIndexOfTermAtMost(conflictTerm, conflictIndex));
    raft.tell({ type: 'append-rejected', peer: from, next: progress.next });
  } else if (response.match > raft.log.lastIndex) {
    const reason = `acknowledges entry ${response.match}, which was never sent`;
    raft.tell({ type: 'bad-message', peer: from, reason });
    return;
  } else {
    progress.matched(response.match);
  }
  if (progress.state !== before) tellProgress(raft, progress);
}

export function tellProgress(raft: RaftState, { id: peer, state, next }: Progress): void {
  raft.tell({ type: 'progress-changed', peer, state, next });
}

/** Shows every peer that the leader lives, and how far it may apply. */
export function broadcastHeartbeat(raft: RaftState): void {
  const { leadership } = raft;
  if (leadership === null) return;
  leadership.heartbeatDeadline = raft.now + raft.timing.heartbeatMs;
  const { time } = raft.clock;
  const provedAt = lastQuorumProof(raft);
  const known = provedAt === -Infinity ? 0 : knownCommitted(raft);
  for (const progress of leadership.progress.values()) {
    progress.heartbeatSent(raft.commitIndex);
    raft.send(progress.id, {
      type: 'heartbeat',
      term: raft.term,
      session: progress.session,
      // Never more than the peer is known to hold: its log may still differ behind that.
      commit: Math.min(progress.match, raft.commitIndex),
      readPosition: leadership.reads.position,
      sentAt: Math.floor(time),
      echo: progress.clock,
      known,
      quorumAgeMs: known === 0 ? 0 : Math.ceil(time - provedAt),
    });
  }
}

export function handleHeartbeatResponse(
  raft: RaftState,
  from: NodeId,
  response: HeartbeatResponse,
): void {
  const progress = currentStream(raft, from, response);
  if (progress === undefined) return;
  if (response.readPosition > (raft.leadership?.reads.position ?? 0)) {
    const reason = `confirms read position ${response.readPosition}, which was never sent`;
    raft.tell({ type: 'bad-message', peer: from, reason });
    return;
  }
  if (response.sentAt > raft.clock.time) {
    raft.tell({ type: 'bad-message', peer: from, reason: 'answers a heartbeat of the future' });
    return;
  }
  progress.lastContact = raft.now;
  progress.confirmed(response);
  progress.heartbeatAnswered();
  progress.outgoing?.heartbeatAnswered(raft.now);
}

/**
 * Commits what a quorum holds durably, the leader's own disk counted like any other, if it is of
 * this term; older entries commit with it (paper §5.3, §5.4.2, figure 8).
 */
export function advanceCommit(raft: RaftState): void {
  const reached = reachedByVoters(raft, raft.disk.durableIndex, ({ match }) => match);
  if (reached > raft.commitIndex && raft.log.termAt(reached) === raft.term) {
    raft.commitTo(reached);
  }
}

/** The last moment at which this leader was in touch with a quorum (CheckQuorum, thesis §6.2). */
export function lastQuorumContact(raft: RaftState): number {
  return reachedByVoters(raft, raft.now, ({ lastContact }) => lastContact);
}

/** The highest read position that a quorum has confirmed. */
export function confirmedReads(raft: RaftState): number {
  return reachedByVoters(raft, Infinity, ({ readPosition }) => readPosition);
}

/**
 * Up to where this leader's commit index covers whatever anybody had committed; 0 until it has learned
 * what earlier leaders had (thesis §6.4).
 */
export function knownCommitted({ leadership, commitIndex }: RaftState): LogIndex {
  return leadership === null || commitIndex < leadership.termStart ? 0 : commitIndex;
}

/** When, by its lease clock, it sent the heartbeats by which a quorum last took it for the leader. */
export function lastQuorumProof(raft: RaftState): number {
  return reachedByVoters(raft, raft.clock.time, ({ provedAt }) => provedAt);
}

/** Until when, by its lease clock, no quorum elects another. */
export function leaseOfQuorum(raft: RaftState): number {
  return reachedByVoters(raft, Infinity, ({ leaseUntil }) => leaseUntil);
}

/**
 * What a quorum has reached of what each voter has: `own` is this node's, where it votes. A leader may
 * lead without (thesis §4.2.2).
 */
function reachedByVoters(raft: RaftState, own: number, of: (progress: Progress) => number): number {
  return reachedByQuorum(raft.configuration, (voter) => {
    if (raft.isSelf(voter)) return own;
    const progress = raft.isPresent(voter) ? raft.leadership?.progress.get(voter.id) : undefined;
    return progress === undefined ? -Infinity : of(progress);
  });
}
