import type { Member } from './configuration.js';
import { entriesSize, type Entry, type LogIndex, type NodeId } from './entry.js';
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
  /** Another was told to stand in this term, even if nothing came of it so far. */
  toldToStand = false;
  /** Who is no member any more, and is still to be told so. */
  leaving: readonly Member[] = nobody;

  constructor(
    /** Index of the entry that opened the term; nothing counts as committed before it is (paper §5.4.2). */
    readonly termStart: LogIndex,
    public heartbeatDeadline: number,
    /** Counts as contact with a quorum: nobody can be missing before there was time to answer. */
    public trustedAt: number,
    /** Bytes that wait for commitment: those of earlier terms too, which the leader has inherited. */
    public uncommittedBytes: number,
  ) {}

  appended(entries: readonly Entry[]): void {
    this.uncommittedBytes += entriesSize(entries);
  }

  committed(entries: readonly Entry[]): void {
    this.uncommittedBytes -= entriesSize(entries);
  }
}
