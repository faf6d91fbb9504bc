import type { SnapshotInfo } from './snapshot.js';
import type { SnapshotTransfer } from './status.js';

/** A follower whose disk was away for an hour must not wait for another. */
const longestPatience = 8;

/**
 * A snapshot on its way to one follower, one piece at a time. A piece that a follower which lives has
 * not answered for a while is lost; on a slow line it may just be late, so patience grows.
 */
export class OutgoingSnapshot {
  /** Where the current piece begins: the follower holds everything before it. */
  offset = 0;
  private phase: 'due' | 'reading' | 'sent' = 'due';
  private patienceMs: number;
  private sentAt = 0;

  constructor(
    readonly snapshot: SnapshotInfo,
    private readonly firstPatienceMs: number,
  ) {
    this.patienceMs = firstPatienceMs;
  }

  get status(): SnapshotTransfer {
    const { index, bytes } = this.snapshot;
    return { index, receivedBytes: this.offset, bytes };
  }

  /** Whether the piece at `offset` should be read now. */
  get wantsPiece(): boolean {
    return this.phase === 'due';
  }

  asked(): void {
    this.phase = 'reading';
  }

  /** Whether a piece that was read is the one that is waited for. */
  awaits(snapshot: SnapshotInfo, offset: number): boolean {
    return this.phase === 'reading' && snapshot.id === this.snapshot.id && offset === this.offset;
  }

  /** The piece has left, or could not be read: it is due again when it is not answered. */
  sent(now: number): void {
    this.phase = 'sent';
    this.sentAt = now;
  }

  /** The follower holds so many bytes. Less than before, when it has lost them. */
  received(bytes: number): void {
    // It never answers a piece that changed nothing, so this is an answer that came late or twice.
    if (this.phase !== 'sent' || bytes === this.offset) return;
    this.offset = bytes;
    this.phase = 'due';
    this.patienceMs = this.firstPatienceMs;
  }

  heartbeatAnswered(now: number): void {
    if (this.phase !== 'sent' || now - this.sentAt < this.patienceMs) return;
    this.phase = 'due';
    this.patienceMs = Math.min(this.patienceMs * 2, longestPatience * this.firstPatienceMs);
  }
}
