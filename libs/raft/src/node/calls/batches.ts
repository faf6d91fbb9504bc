import type { Input } from '../../core/input.js';
import type { Call, Proposal, Read, Write } from './call.js';

/** Calls that are one request to the core. */
export interface Batch<C> {
  readonly calls: readonly C[];
  readonly input: Input & { readonly id: number };
  readonly forward: boolean;
  /** Whether its calls may be sent again although an earlier try may have been taken. */
  readonly repeatable: boolean;
}

/**
 * What the core is asked for a number of calls: alike proposals together, in pieces of at most
 * `maxBytes` (so that each fits a message to the leader), and alike reads as one, since one proof of
 * leadership serves them all (thesis §6.4).
 */
export function batchesOf<Result>(
  calls: readonly Call<Result>[],
  maxBytes: number,
  newId: () => number,
): { readonly writes: Batch<Write<Result>>[]; readonly reads: Batch<Read>[] } {
  const writes: Batch<Write<Result>>[] = [];
  const reads: Batch<Read>[] = [];
  for (const forward of [true, false]) {
    const alike = calls.filter((call) => call.forward === forward);
    const proposals = alike.filter((call) => call.kind === 'proposal');
    for (const piece of pieces(proposals, maxBytes)) {
      const commands = piece.map(({ command }) => command);
      writes.push({
        calls: piece,
        input: { type: 'propose', id: newId(), commands, forward },
        forward,
        repeatable: piece[0]?.repeatable ?? false,
      });
    }
    const asking = alike.filter((call) => call.kind === 'read');
    if (asking.length > 0) {
      const input = { type: 'read', id: newId(), forward } as const;
      reads.push({ calls: asking, input, forward, repeatable: true });
    }
    for (const call of alike) {
      if (call.kind !== 'single') continue;
      const input = { ...call.order, id: newId() };
      writes.push({ calls: [call], input, forward, repeatable: false });
    }
  }
  return { writes, reads };
}

function pieces<Result>(
  proposals: readonly Proposal<Result>[],
  maxBytes: number,
): Proposal<Result>[][] {
  const pieces: Proposal<Result>[][] = [];
  let piece: Proposal<Result>[] = [];
  let bytes = 0;
  for (const proposal of proposals) {
    const { length } = proposal.command.data;
    const isOther = proposal.repeatable !== piece[0]?.repeatable;
    if (isOther || bytes + length > maxBytes) {
      pieces.push((piece = []));
      bytes = 0;
    }
    piece.push(proposal);
    bytes += length;
  }
  return pieces;
}
