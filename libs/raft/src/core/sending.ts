import type { LogIndex, NodeId } from './entry.js';
import type { Input } from './input.js';
import type { SnapshotResponse } from './message.js';
import { OutgoingSnapshot } from './outgoing-snapshot.js';
import type { Progress } from './progress.js';
import type { RaftState } from './raft-state.js';
import { currentStream, tellProgress } from './replication.js';

/** InstallSnapshot, sender: for followers whose next entry the log holds no more (paper §7). */
export function sendSnapshots(raft: RaftState): void {
  for (const progress of raft.leadership?.progress.values() ?? []) {
    const isBehind = progress.next <= raft.log.base.index;
    if (isBehind && progress.outgoing === null) begin(raft, progress);
    else if (!isBehind && progress.outgoing !== null) {
      progress.endSnapshot();
      tellProgress(raft, progress);
    }
    askForPiece(raft, progress);
  }
}

function begin(raft: RaftState, progress: Progress): void {
  const { snapshot } = raft;
  if (snapshot === null) return;
  progress.beginSnapshot(new OutgoingSnapshot(snapshot, raft.timing.electionMs[0]));
  const { index, bytes } = snapshot;
  raft.tell({ type: 'snapshot-sending', peer: progress.id, index, bytes });
}

function askForPiece(raft: RaftState, { id: to, session, outgoing }: Progress): void {
  if (outgoing?.wantsPiece !== true) return;
  outgoing.asked();
  const { snapshot, offset } = outgoing;
  raft.effects.snapshots.push({ type: 'read', to, session, snapshot, offset });
}

/** A piece of a snapshot, from the own store. */
export function snapshotRead(
  raft: RaftState,
  { to, session, snapshot, offset, data }: Extract<Input, { type: 'snapshot-read' }>,
): void {
  const progress = raft.leadership?.progress.get(to);
  const outgoing = progress?.outgoing;
  if (progress?.session !== session || !outgoing?.awaits(snapshot, offset)) return;
  outgoing.sent(raft.now);
  if (data !== null) {
    const { term } = raft;
    raft.send(to, { type: 'snapshot-request', term, session, snapshot, offset, data });
  } else if (raft.snapshot !== null && raft.snapshot.id !== snapshot.id) {
    // A newer one has taken its place in the store.
    begin(raft, progress);
  }
}

/** InstallSnapshot, the answer (paper figure 13). */
export function handleSnapshotResponse(
  raft: RaftState,
  from: NodeId,
  response: SnapshotResponse,
): void {
  const progress = currentStream(raft, from, response);
  if (progress === undefined) return;
  progress.lastContact = raft.now;
  const { index, received, done } = response;
  const outgoing = progress.outgoing?.snapshot.index === index ? progress.outgoing : null;
  if (index > raft.log.lastIndex || received > (outgoing?.snapshot.bytes ?? Infinity)) {
    const reason = `acknowledges ${received} bytes of snapshot ${index}, which were never sent`;
    raft.tell({ type: 'bad-message', peer: from, reason });
  } else if (!done) {
    outgoing?.received(received);
  } else {
    arrived(raft, progress, { index, isAwaited: outgoing !== null });
  }
}

/** What follows the snapshot goes from the log again, unless the log has moved on meanwhile. */
function arrived(
  raft: RaftState,
  progress: Progress,
  { index, isAwaited }: { index: LogIndex; isAwaited: boolean },
): void {
  if (isAwaited) {
    progress.endSnapshot();
    raft.tell({ type: 'snapshot-sent', peer: progress.id, index });
  }
  progress.matched(index);
  if (isAwaited) tellProgress(raft, progress);
}
