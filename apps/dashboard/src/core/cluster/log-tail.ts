import type { NodeStatus } from '@quorate/contract';

/**
 * What one node holds at one index. `compacted` is below its first kept entry, `missing` is what
 * others have, `unwritten` what nobody has.
 */
export type CellState =
  'applied' | 'committed' | 'uncommitted' | 'missing' | 'compacted' | 'unwritten';

export interface LogTail {
  readonly cells: readonly { readonly index: number; readonly state: CellState }[];
  readonly last: number;
  readonly uncommitted: number;
  /** Entries that others have behind its last. */
  readonly missing: number;
}

/** Entries in the picture. */
const shown = 40;

/** @param end the newest index of the cluster, so that the pictures of all nodes line up */
export function logTail(status: NodeStatus, end: number): LogTail {
  const last = Math.max(end, status.lastIndex);
  const from = Math.max(1, last - shown + 1);
  const cells = Array.from({ length: shown }, (_, at) => ({
    index: from + at,
    state: stateAt(from + at, status, last),
  }));
  return {
    cells,
    last: status.lastIndex,
    uncommitted: status.lastIndex - status.commitIndex,
    missing: last - status.lastIndex,
  };
}

function stateAt(index: number, status: NodeStatus, last: number): CellState {
  if (index > last) return 'unwritten';
  if (index > status.lastIndex) return 'missing';
  if (index < status.firstIndex) return 'compacted';
  if (index > status.commitIndex) return 'uncommitted';
  return index > status.appliedIndex ? 'committed' : 'applied';
}
