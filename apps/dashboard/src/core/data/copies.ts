import type { Problem } from '../failure.js';
import type { Found } from '../keys/kv-exchange.js';

/** What one node itself has of a key. */
export type Copy = { readonly node: string } & (
  | { readonly state: 'reading' }
  | { readonly state: 'failed'; readonly problem: Problem }
  /** `found` is null when it has no such key. */
  | { readonly state: 'read'; readonly found: Found | null }
);

/** How a copy stands to the one that it is compared with. */
export type Comparison = 'same' | 'older' | 'newer' | 'missing' | 'extra' | 'other-value';

/** The copy that the others are compared with: the leader's, else the newest. */
export function referenceOf(copies: readonly Copy[], leader: string | null): Copy | null {
  const read = copies.filter((copy) => copy.state === 'read');
  const leaders = read.find((copy) => copy.node === leader);
  if (leaders) return leaders;
  return read.toSorted((a, b) => (b.found?.index ?? 0) - (a.found?.index ?? 0))[0] ?? null;
}

/** null where there is nothing to compare. */
export function compared(copy: Copy, reference: Copy | null): Comparison | null {
  if (copy.state !== 'read' || reference?.state !== 'read') return null;
  const mine = copy.found;
  const theirs = reference.found;
  if (mine === null) return theirs === null ? 'same' : 'missing';
  if (theirs === null) return 'extra';
  if (mine.index !== theirs.index) return mine.index < theirs.index ? 'older' : 'newer';
  return sameBytes(mine.value, theirs.value) ? 'same' : 'other-value';
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
