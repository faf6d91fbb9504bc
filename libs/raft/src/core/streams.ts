import { everyMember, type Member } from './configuration.js';
import type { NodeId } from './entry.js';
import { nobody } from './leadership.js';
import { Progress } from './progress.js';
import type { RaftState } from './raft-state.js';

/**
 * Keeps one progress for each peer of the configuration, and for those whom an uncommitted one leaves
 * out: they are still to be told so.
 */
export function trackPeers(raft: RaftState): void {
  const { leadership, log } = raft;
  if (leadership === null) return;
  const peers = raft.peers();
  for (const id of peers) {
    const progress = leadership.progress.get(id);
    if (progress?.farewell !== null) restartProgress(raft, id);
  }
  const isGone = ({ id }: Member) => id !== raft.id && !peers.includes(id);
  const before = raft.configurationCommitted ? [] : everyMember(log.previousConfiguration);
  const leaving = [...leadership.leaving, ...before].filter(isGone);
  leadership.leaving = leaving.length > 0 ? leaving : nobody;
  for (const { id } of leaving) if (!leadership.progress.has(id)) restartProgress(raft, id);
}

/** A stream from the start: nothing is known of the peer, and answers to an earlier stream are stale. */
export function restartProgress(raft: RaftState, peer: NodeId): void {
  const { next } = restartStream(raft, peer);
  raft.tell({ type: 'replication-started', peer, next });
}

function restartStream(raft: RaftState, peer: NodeId): Progress {
  const progress = new Progress(peer, raft.log.lastIndex + 1, raft.nextSession());
  raft.leadership?.progress.set(peer, progress);
  return progress;
}

/**
 * Lets go of removed peers once they know that their removal is committed, and after an election
 * timeout in any case. For this a new stream begins with the commitment: what is acknowledged there
 * was sent with a commit index that covers the removal.
 */
export function dismissRemoved(raft: RaftState): void {
  const { leadership, configuration, now, timing } = raft;
  if (leadership === null || leadership.leaving === nobody) return;
  const { progress: streams } = leadership;
  for (const { id } of leadership.leaving) {
    const { farewell = null, match = 0 } = streams.get(id) ?? {};
    if (farewell !== null && (match >= farewell.index || now >= farewell.deadline)) {
      streams.delete(id);
      raft.tell({ type: 'replication-stopped', peer: id });
    } else if (farewell === null && raft.configurationCommitted) {
      const { index } = configuration;
      restartStream(raft, id).farewell = { index, deadline: now + timing.electionMs[1] };
    }
  }
  const left = leadership.leaving.filter(({ id }) => streams.has(id));
  if (left.length < leadership.leaving.length) leadership.leaving = left.length > 0 ? left : nobody;
}
