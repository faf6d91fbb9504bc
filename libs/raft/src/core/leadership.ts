import type { Member } from './configuration.js';
import { type Entry, entrySize, type LogIndex, type NodeId } from './entry.js';
import type { Progress } from './progress.js';
import { Reads } from './reads.js';

/** A hand-over of leadership under way (thesis §3.10). */
export interface Transfer {
  /** The caller's request. */
  readonly id: number;
  readonly to: NodeId;
  readonly deadline: number;
  /** The target was told to stand. */
  sent: boolean;
}

export const nobody: readonly Member[] = [];

/**
 * What a node has only while it leads, dropped whole when it steps down (paper figure 2, "volatile
 * state on leaders"): nothing of one leadership can leak into the next.
 */
export class Leadership {
  readonly progress = new Map<NodeId, Progress>();
  readonly reads = new Reads();
  transfer: Transfer | null = null;
  /** Who is no member any more, and is still to be told so. */
  leaving: readonly Member[] = nobody;
  /** Bytes appended and not committed yet. */
  uncommittedBytes = 0;

  constructor(
    /** Index of the entry that opened the term; nothing counts as committed before it is (paper §5.4.2). */
    readonly termStart: LogIndex,
    public heartbeatDeadline: number,
    /** Counts as contact with a quorum: nobody can be missing before there was time to answer. */
    public trustedAt: number,
  ) {}

  appended(entries: readonly Entry[]): void {
    for (const entry of entries) this.uncommittedBytes += entrySize(entry);
  }

  committed(entries: readonly Entry[]): void {
    for (const entry of entries) this.uncommittedBytes -= entrySize(entry);
    this.uncommittedBytes = Math.max(0, this.uncommittedBytes);
  }
}
