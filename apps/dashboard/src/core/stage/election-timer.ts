import type { TraceRecord } from '@quorate/contract';
import type { NodeHistory, TimedFrame } from '../history/node-history.js';

/** An election timeout that runs: when it will be over, and how long it may last at most, page time. */
export interface ElectionTimer {
  readonly endsAt: number;
  readonly longestMs: number;
}

/**
 * The timer of a node that waits for its leader; null where none runs. Every word of the leader
 * starts it anew, with a wait that only the next status tells: until there is one, the middle of the
 * range is taken.
 */
export function electionTimerAt(node: NodeHistory, t: number): ElectionTimer | null {
  const { frames } = node;
  const count = frames.countUntil(t);
  const [before, after] = [frames.all()[count - 1], frames.all()[count]];
  if (!before) return null;
  const endsAt = endOf(before);
  if (endsAt === null) return null;
  const { electionMs } = before.frame.status.timing;
  const [, longestMs] = electionMs;
  const heardAt = leaderHeardAt(node, t);
  if (heardAt <= before.t) return { endsAt, longestMs };
  const next = after ? endOf(after) : null;
  if (after && next !== null && leaderHeardAt(node, after.t) === heardAt) {
    return { endsAt: next, longestMs };
  }
  return { endsAt: heardAt + (electionMs[0] + electionMs[1]) / 2, longestMs };
}

function endOf({ t, frame }: TimedFrame): number | null {
  const { electionInMs } = frame.status;
  return electionInMs === null ? null : t + electionInMs;
}

/** Records that are looked through: who is led hears its leader often. */
const lookBack = 500;

function leaderHeardAt({ trace }: NodeHistory, t: number): number {
  const records = trace.all();
  const count = trace.countUntil(t);
  for (let at = count - 1; at >= 0 && at > count - lookBack; at--) {
    const timed = records[at];
    if (timed && isLeadersWord(timed.record)) return timed.t;
  }
  return -Infinity;
}

function isLeadersWord(record: TraceRecord): boolean {
  if (record.kind !== 'received') return false;
  const { type } = record.message;
  return type === 'heartbeat' || type === 'append-request' || type === 'snapshot-request';
}
