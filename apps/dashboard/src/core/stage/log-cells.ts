import type { CellState } from '../cluster/log-tail.js';
import { beginsTerm, type NodeLog, termAt } from '../logs/node-log.js';

/** As in the short picture of a log; `conflicting` entries differ from the leader's and will go. */
export type LogCell = CellState | 'conflicting';

/**
 * What a node has at an index.
 * @param leader the leader's log; null while there is none
 * @param end the last index that any node has
 */
export function cellOf(log: NodeLog, leader: NodeLog | null, end: number, index: number): LogCell {
  if (index > end) return 'unwritten';
  if (index > log.last) return 'missing';
  if (index < log.first) return 'compacted';
  if (index <= log.commit) return index <= log.applied ? 'applied' : 'committed';
  const [own, leaders] = [termAt(log, index), leader && termAt(leader, index)];
  return own !== null && leaders !== null && own !== leaders ? 'conflicting' : 'uncommitted';
}

/** What is special about an entry, as far as it is known without reading it. */
export type EntryMark = 'configuration' | 'no-op' | null;

export function markOf(log: NodeLog, index: number): EntryMark {
  if (index === log.configuration) return 'configuration';
  return beginsTerm(log, index) ? 'no-op' : null;
}
