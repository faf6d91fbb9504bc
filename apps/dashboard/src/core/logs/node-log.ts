import type { TraceRecord } from '@quorate/contract';
import type { NodeHistory } from '../history/node-history.js';
import { cutBehind, type Run, runAt } from './runs.js';

export type Mark = Extract<TraceRecord, { kind: 'mark' }>;

/** What one node has in its log, as far as it is known, and how far it has come with it. */
export interface NodeLog {
  readonly id: string;
  /** A snapshot stands for what was before it. */
  readonly first: number;
  readonly last: number;
  readonly durable: number;
  readonly commit: number;
  readonly applied: number;
  /** Index of the configuration that is in force on it. */
  readonly configuration: number;
  /** Where terms are not known there is a hole. */
  readonly runs: readonly Run[];
}

/** Null for a node that nobody has heard. */
export function nodeLogAt(node: NodeHistory, t: number): NodeLog | null {
  const timed = node.frames.at(t);
  if (!timed) return null;
  const { status } = timed.frame;
  const mark = lastMark(node, t);
  const newer = mark && mark.t > timed.t ? mark.record : null;
  const last = newer?.last ?? status.lastIndex;
  const told = cutBehind(node.log.at(t) ?? [], last);
  return {
    id: node.id,
    first: status.firstIndex,
    last,
    durable: newer?.durable ?? status.durableIndex,
    commit: newer?.commit ?? status.commitIndex,
    applied: newer?.applied ?? status.appliedIndex,
    configuration: status.configurationIndex,
    runs: told.length > 0 || last === 0 ? told : [[last, last, status.lastTerm]],
  };
}

/** null where there is no entry, or nobody has told its term. */
export function termAt(log: NodeLog, index: number): number | null {
  return index < log.first || index > log.last ? null : (runAt(log.runs, index)?.[2] ?? null);
}

/** Whether the entry is the one that a leader begins its term with (thesis §6.4). */
export function beginsTerm(log: NodeLog, index: number): boolean {
  const run = runAt(log.runs, index);
  // In front of the first run that is told there may be more of its term.
  return run?.[0] === index && index > 1 && run !== log.runs[0] && index !== log.configuration;
}

/** Records that are looked through for the last mark; marks are told with every message. */
const lookBack = 2_000;

function lastMark({ trace }: NodeHistory, t: number): { t: number; record: Mark } | null {
  const records = trace.all();
  const count = trace.countUntil(t);
  for (let at = count - 1; at >= 0 && at > count - lookBack; at--) {
    const timed = records[at];
    if (timed?.record.kind === 'mark') return { t: timed.t, record: timed.record };
  }
  return null;
}
