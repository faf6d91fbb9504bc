import type { EventBatch, Resume } from '@quorate/contract';
import type { Notice } from './notices.svelte.js';

/** Nodes whose connection was lost, and what had been heard of them until then. */
export class LostLinks {
  readonly #lost = new Map<string, Resume>();

  add(node: string, cursor: Resume): void {
    if (cursor.run !== null && !this.#lost.has(node)) this.#lost.set(node, cursor);
  }

  /** What came after the gap, with the first batch; null when there was none, or the process is another. */
  returned(node: string, { run, dropped, events }: EventBatch): Notice | null {
    const cursor = this.#lost.get(node);
    this.#lost.delete(node);
    if (cursor?.run !== run) return null;
    const newer = events.filter(({ seq }) => seq > cursor.seq);
    return { kind: 'returned', node, events: newer.length, missing: dropped };
  }
}
