import type { LogIndex } from '../../core/entry.js';
import type { Read } from './call.js';

/** Reads that may be answered once the state machine has applied up to their index (thesis §6.4). */
export class FreshReads {
  appliedIndex: LogIndex = 0;
  private waiting: { readonly index: LogIndex; readonly reads: readonly Read[] }[] = [];

  constructor(private readonly answer: (read: Read) => void) {}

  /** From this index on, or from one that a read itself has asked for. */
  serveFrom(index: LogIndex, reads: readonly Read[]): void {
    const later = reads.filter(({ needs }) => needs.minIndex > index);
    for (const read of later) this.serveTogether(read.needs.minIndex, [read]);
    const others = reads.filter(({ needs }) => needs.minIndex <= index);
    if (others.length > 0) this.serveTogether(index, others);
  }

  advanced(appliedIndex: LogIndex): void {
    this.appliedIndex = appliedIndex;
    if (this.waiting.length === 0) return;
    const { waiting } = this;
    this.waiting = [];
    for (const { index, reads } of waiting) this.serveTogether(index, reads);
  }

  /** Lets go of reads whose callers have gone. */
  tidy(): void {
    this.waiting = this.waiting.filter(({ reads }) => reads.some(({ open }) => open));
  }

  private serveTogether(index: LogIndex, reads: readonly Read[]): void {
    if (index > this.appliedIndex) this.waiting.push({ index, reads });
    else for (const read of reads) this.answer(read);
  }
}
