import type { Input } from '../../core/input.js';
import type { Read, Single } from './call.js';

/** Calls that are one request to the core. */
export interface Batch<C> {
  readonly calls: readonly C[];
  readonly input: Input & { readonly id: number };
  readonly forward: boolean;
}

/**
 * What the core is asked for a number of calls: alike reads as one, since one proof of leadership
 * serves them all (thesis §6.4), and everything else one by one.
 */
export function batchesOf(
  calls: readonly (Read | Single)[],
  newId: () => number,
): { readonly singles: Batch<Single>[]; readonly reads: Batch<Read>[] } {
  const singles: Batch<Single>[] = [];
  const reads: Batch<Read>[] = [];
  for (const call of calls) {
    if (call.kind !== 'single') continue;
    const { order, forward } = call;
    singles.push({ calls: [call], input: { ...order, id: newId() }, forward });
  }
  const asking = calls.filter((call) => call.kind === 'read');
  for (const forward of [true, false]) {
    for (const lease of [true, false]) {
      const alike = asking.filter((read) => {
        return read.forward === forward && (read.needs.consistency === 'lease') === lease;
      });
      if (alike.length === 0) continue;
      reads.push({ calls: alike, input: { type: 'read', id: newId(), forward, lease }, forward });
    }
  }
  return { singles, reads };
}
