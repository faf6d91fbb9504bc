import type { LogIndex } from '../../core/entry.js';
import type { Read } from './call.js';

/** Reads that may be answered once the state machine has applied up to their index (thesis §6.4). */
export class FreshReads {
  private waiting: { readonly index: LogIndex; readonly reads: readonly Read[] }[] = [];
  private appliedIndex: LogIndex = 0;

  constructor(private readonly answer: (read: Read) => void) {}

  serveFrom(index: LogIndex, reads: readonly Read[]): void {
    if (index > this.appliedIndex) this.waiting.push({ index, reads });
    else for (const read of reads) this.answer(read);
  }

  advanced(appliedIndex: LogIndex): void {
    this.appliedIndex = appliedIndex;
    if (this.waiting.length === 0) return;
    const { waiting } = this;
    this.waiting = [];
    for (const { index, reads } of waiting) this.serveFrom(index, reads);
  }

  /** Lets go of reads whose callers have gone. */
  tidy(): void {
    this.waiting = this.waiting.filter(({ reads }) => reads.some(({ open }) => open));
  }
}
