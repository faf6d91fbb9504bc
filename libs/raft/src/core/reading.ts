import type { LogIndex } from './entry.js';
import type { Refusal } from './message.js';
import type { RaftState } from './raft-state.js';
import type { ReadTicket } from './reads.js';
import { broadcastHeartbeat, confirmedReads } from './replication.js';

/** Reads wait for an entry of this term to be committed: before, the commit index may lag (thesis §6.4). */
export function answerReads(raft: RaftState): void {
  const { leadership } = raft;
  if (leadership === null || leadership.reads.count === 0) return;
  if (raft.commitIndex < leadership.termStart) return;
  const { reads } = leadership;
  if (reads.wantsRound) {
    reads.startRound(raft.commitIndex);
    broadcastHeartbeat(raft);
  }
  const round = reads.finishRound(confirmedReads(raft));
  if (round === null) return;
  const { index } = round;
  for (const ticket of round.tickets) answerRead(raft, ticket, { refusal: null, index });
  if (reads.wantsRound) answerReads(raft);
}

/** Tells a caller here, or a follower for its own caller, from where it may read, or why not. */
export function answerRead(
  raft: RaftState,
  { id, from }: ReadTicket,
  { refusal, index }: { refusal: Refusal | null; index: LogIndex },
): void {
  if (from !== null) {
    raft.send(from, { type: 'read-response', term: raft.term, id, refusal, index });
  } else if (refusal !== null) raft.refuse(id, refusal);
  else raft.answer({ type: 'readable', id, index });
}
