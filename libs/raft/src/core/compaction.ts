import type { LogIndex } from './entry.js';
import type { RaftState } from './raft-state.js';
import type { SnapshotInfo } from './snapshot.js';

/** How many snapshots' worth of entries may be kept for followers that are being sent one. */
const keptSnapshots = 4;

/** A snapshot of this node's own is durable: the log lets go of what it stands for (paper §7). */
export function snapshotTaken(raft: RaftState, snapshot: SnapshotInfo): void {
  if (snapshot.index <= (raft.snapshot?.index ?? 0)) return;
  raft.snapshot = snapshot;
  // What the own disk has yet to write would come behind a base that it does not know.
  const upTo = Math.min(lastNeedless(raft, snapshot), raft.disk.durableIndex);
  if (upTo <= raft.log.base.index) return;
  raft.log.compact(upTo);
  raft.tell({ type: 'log-compacted', upTo });
  raft.effects.snapshots.push({ type: 'compact', upTo });
}

/**
 * Some entries stay for followers that are a bit behind. One that is being sent a snapshot needs
 * those that follow it, or it would need the next one too; but no follower, dead or slow, makes the
 * log grow without end.
 */
function lastNeedless({ log, limits, leadership }: RaftState, { index }: SnapshotInfo): LogIndex {
  const { trailingEntries, snapshotEntries, snapshotBytes } = limits;
  const trailing = log.baseKeeping(trailingEntries, snapshotBytes, index);
  const sent = [...(leadership?.progress.values() ?? [])].flatMap(({ outgoing }) =>
    outgoing === null ? [] : outgoing.snapshot.index,
  );
  const oldestSent = Math.min(...sent);
  if (oldestSent >= trailing) return trailing;
  const bound = log.baseKeeping(
    keptSnapshots * snapshotEntries,
    keptSnapshots * snapshotBytes,
    index,
  );
  return Math.min(trailing, Math.max(oldestSent, bound));
}
