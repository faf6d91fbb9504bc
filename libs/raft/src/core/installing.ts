import type { NodeId } from './entry.js';
import { followLeader } from './following.js';
import type { Input } from './input.js';
import type { SnapshotRequest } from './message.js';
import type { RaftState } from './raft-state.js';
import type { SnapshotInfo } from './snapshot.js';
import type { SnapshotTransfer } from './status.js';
import { findMalformedSnapshot } from './well-formed.js';

/** InstallSnapshot, receiver (paper figure 13): a piece comes from the leader. */
export function handleSnapshotRequest(
  raft: RaftState,
  from: NodeId,
  request: SnapshotRequest,
): void {
  const { session, snapshot, offset, data } = request;
  // 1. Reply immediately if term < currentTerm. The answer's term makes an old leader step down.
  if (request.term < raft.term) {
    answer(raft, { from, session, snapshot }, 0);
    return;
  }
  const malformed = findMalformedSnapshot(request);
  if (malformed !== null) {
    raft.tell({ type: 'bad-message', peer: from, reason: malformed });
    return;
  }
  if (!followLeader(raft, from, request.term)) return;
  // A node that cannot write could not begin its log anew.
  if (raft.storageFault) return;
  if (keepsLog(raft, snapshot)) {
    answerDone(raft, { from, session, snapshot });
    return;
  }

  const { installing } = raft;
  const isSame = installing?.snapshot.id === snapshot.id;
  if (installing !== null && installing.storing !== null) {
    // The store is busy. The same piece has come twice; another snapshot's will come again.
    if (isSame) raft.installing = { ...installing, from, session };
    return;
  }
  // 2. Create a new snapshot file if this is the first piece. The store may hold some of it already.
  if (!isSame) {
    const { index, bytes } = snapshot;
    raft.tell({ type: 'snapshot-receiving', peer: from, index, bytes });
  }
  // 3. Write the data into the snapshot file at the given offset.
  const received = isSame ? installing.received : 0;
  raft.installing = { snapshot, from, session, received, storing: offset };
  raft.effects.snapshots.push({ type: 'store', snapshot, offset, data });
}

/** The store has taken a piece, or failed to. */
export function snapshotStored(
  raft: RaftState,
  { snapshot, received }: Extract<Input, { type: 'snapshot-stored' }>,
): void {
  const isWhole = received === snapshot.bytes;
  if (isWhole && snapshot.index > (raft.snapshot?.index ?? 0)) raft.snapshot = snapshot;
  const { installing } = raft;
  if (installing?.snapshot.id !== snapshot.id) return;
  if (isWhole) {
    raft.installing = null;
    install(raft, installing.snapshot);
    answerDone(raft, installing);
    return;
  }
  raft.installing = { ...installing, received, storing: null };
  // 4. Reply, and wait for more. A piece that changed nothing is sent again in time: no hurry then.
  if (received !== installing.storing) answer(raft, installing, received);
}

/** 5. The snapshot is saved. What it stands for is committed, whoever leads by now. */
function install(raft: RaftState, snapshot: SnapshotInfo): void {
  // 7. Discard the entire log. 8. Reset the state machine, and take the snapshot's configuration.
  if (!keepsLog(raft, snapshot)) raft.beginAnew(snapshot);
  const { index, term } = snapshot;
  raft.tell({ type: 'snapshot-installed', index, term });
}

/**
 * 6. If an existing entry has the same index and term as the snapshot's last, what follows it is
 * retained. Then the snapshot tells nothing but that this entry is committed; one that comes late
 * not even that, and it must not take the state back (etcd#1763).
 */
function keepsLog(raft: RaftState, { index, term }: SnapshotInfo): boolean {
  if (index > raft.commitIndex && raft.log.termAt(index) !== term) return false;
  raft.commitTo(index);
  return true;
}

interface Asked {
  readonly from: NodeId;
  readonly session: number;
  readonly snapshot: SnapshotInfo;
}

function answer(raft: RaftState, { from, session, snapshot }: Asked, received: number): void {
  const { term } = raft;
  const { index } = snapshot;
  raft.send(from, { type: 'snapshot-response', term, session, index, received, done: false });
}

/** Promises that everything up to the snapshot is durable here. */
function answerDone(raft: RaftState, { from, session, snapshot }: Asked): void {
  const { term } = raft;
  const { index, bytes: received } = snapshot;
  raft.sendWhenDurable(from, {
    type: 'snapshot-response',
    term,
    session,
    index,
    received,
    done: true,
  });
}

export function installingStatus({ installing, commitIndex }: RaftState): SnapshotTransfer | null {
  // The leader may have found another way.
  if (installing === null || installing.snapshot.index <= commitIndex) return null;
  const { index, bytes } = installing.snapshot;
  return { index, receivedBytes: installing.received, bytes };
}
