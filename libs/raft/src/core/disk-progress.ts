import type { LogIndex } from './entry.js';

/** Why the own disk takes no writes: it is full, it fails, or a write on it does not end. */
export type StorageFault = 'full' | 'failed' | 'stalled';

interface PendingWrite {
  readonly id: number;
  /** Last index of the log as of this write. */
  lastIndex: LogIndex;
}

/** What the own disk holds, and which writes are under way: writes end in the order they began. */
export class DiskProgress {
  /** Rises by one with every write. */
  lastWrite = 0;
  /** Up to here the disk holds the log as it is now. */
  durableIndex: LogIndex;
  private durableWrite = 0;
  private readonly pending: PendingWrite[] = [];

  constructor(durableIndex: LogIndex) {
    this.durableIndex = durableIndex;
  }

  /** A write begins that brings the log on disk up to `lastIndex`; its id. */
  writing(lastIndex: LogIndex): number {
    this.pending.push({ id: ++this.lastWrite, lastIndex });
    return this.lastWrite;
  }

  /** What earlier writes held from here on is gone, whenever they end. */
  truncated(from: LogIndex): void {
    this.durableIndex = Math.min(this.durableIndex, from - 1);
    for (const write of this.pending) write.lastIndex = Math.min(write.lastIndex, from - 1);
  }

  /** This write, and every one before it, has ended well. */
  persisted(write: number): void {
    if (write > this.lastWrite) return;
    this.durableWrite = Math.max(this.durableWrite, write);
    while (this.pending[0] !== undefined && this.pending[0].id <= write) {
      this.durableIndex = this.pending[0].lastIndex;
      this.pending.shift();
    }
  }

  isDurable(write: number): boolean {
    return write <= this.durableWrite;
  }
}
