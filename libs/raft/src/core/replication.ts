import { isVoter } from './configuration.js';
import type { NodeId } from './entry.js';
import type { AppendResponse, HeartbeatResponse, SnapshotResponse } from './message.js';
import { Progress } from './progress.js';
import { reachedByMajority } from './quorum.js';
import type { RaftState } from './raft-state.js';

/** Keeps one progress for each peer of the configuration, and none for others. */
export function trackPeers(raft: RaftState): void {
  const { leadership } = raft;
  if (leadership === null) return;
  const peers = new Set(raft.peers());
  for (const id of leadership.progress.keys()) {
    if (peers.has(id)) continue;
    leadership.progress.delete(id);
    raft.tell({ type: 'replication-stopped', peer: id });
  }
  for (const id of peers) {
    if (!leadership.progress.has(id)) restartProgress(raft, id);
  }
}

/** A stream from the start: nothing is known of the peer, and answers to an earlier stream are stale. */
export function restartProgress(raft: RaftState, peer: NodeId): void {
  const next = raft.log.lastIndex + 1;
  raft.leadership?.progress.set(peer, new Progress(peer, next, raft.nextSession()));
  raft.tell({ type: 'replication-started', peer, next });
}

/** Sends every follower what it lacks and its window allows (paper §5.3). */
export function replicate(raft: RaftState): void {
  if (raft.leadership === null) return;
  for (const progress of raft.leadership.progress.values()) {
    while (progress.wants(raft.log.lastIndex, raft.commitIndex, raft.limits.maxInflight)) {
      sendAppend(raft, progress);
    }
  }
}

function sendAppend(raft: RaftState, progress: Progress): void {
  const prevIndex = progress.next - 1;
  const entries =
    progress.inflightCount < raft.limits.maxInflight
      ? raft.log.batch(progress.next, raft.limits.maxAppendBytes)
      : [];
  raft.send(progress.id, {
    type: 'append-request',
    term: raft.term,
    session: progress.session,
    prevIndex,
    prevTerm: raft.log.termAt(prevIndex) ?? 0,
    entries,
    commit: raft.commitIndex,
  });
  progress.sent(prevIndex + entries.length, raft.commitIndex);
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
  for (const progress of leadership.progress.values()) {
    progress.heartbeatSent(raft.commitIndex);
    raft.send(progress.id, {
      type: 'heartbeat',
      term: raft.term,
      session: progress.session,
      // Never more than the peer is known to hold: its log may still differ behind that.
      commit: Math.min(progress.match, raft.commitIndex),
      readPosition: leadership.reads.position,
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
  progress.lastContact = raft.now;
  progress.readPosition = Math.max(progress.readPosition, response.readPosition);
  progress.heartbeatAnswered();
  progress.outgoing?.heartbeatAnswered(raft.now);
}

/**
 * Commits what a majority of voters holds durably, the leader's own disk counted like any other, if
 * it is of this term; older entries commit with it (paper §5.3, §5.4.2, figure 8).
 */
export function advanceCommit(raft: RaftState): void {
  const reached = reachedByMajority(ofVoters(raft, raft.disk.durableIndex, ({ match }) => match));
  if (reached > raft.commitIndex && raft.log.termAt(reached) === raft.term) {
    raft.commitTo(reached);
  }
}

/** The last moment at which this leader was in touch with a majority (CheckQuorum, thesis §6.2). */
export function lastQuorumContact(raft: RaftState): number {
  return reachedByMajority(ofVoters(raft, raft.now, ({ lastContact }) => lastContact));
}

/** The highest read position that a majority has confirmed. */
export function confirmedReads(raft: RaftState): number {
  return reachedByMajority(ofVoters(raft, Infinity, ({ readPosition }) => readPosition));
}

/** A value of each voter: `own` for this node, if it votes. A leader may lead without (thesis §4.2.2). */
function ofVoters(
  raft: RaftState,
  own: number,
  of: (progress: Progress) => number,
): readonly number[] {
  const values: number[] = [];
  if (raft.votesIn(raft.configuration)) values.push(own);
  for (const progress of raft.leadership?.progress.values() ?? []) {
    if (isVoter(raft.configuration, progress.id)) values.push(of(progress));
  }
  return values;
}
