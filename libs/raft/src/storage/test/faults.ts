import type { Fault } from '../files/faulty-files.js';

/** Strikes at this operation. */
export function crashAt(at: number): () => Fault | null {
  let operations = 0;
  return () => {
    operations += 1;
    return operations === at ? 'crash' : null;
  };
}

/** mulberry32: small, seeded, good enough to choose faults by. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
