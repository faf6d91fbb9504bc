import type { MetricsSample, StatusFrame, TraceRecord } from '@quorate/contract';
import { type Link, staleAfterMs } from '../cluster/observation.js';
import { LogHistory } from '../logs/log-history.js';
import { Series, type Thin } from './series.js';

export interface TimedFrame {
  readonly t: number;
  readonly frame: StatusFrame;
  /** Where frames behind it were thinned out: until when the node was heard without a pause. */
  readonly until?: number;
}

/** A socket that opened or closed, and why. */
export interface TimedLink {
  readonly t: number;
  readonly link: Link;
  readonly problem: string | null;
}

export interface TimedTrace {
  readonly t: number;
  /** Of the process that told it: `id`s of messages begin anew with each. */
  readonly run: string;
  readonly record: TraceRecord;
}

/** A place in the trace where records are missing. */
export interface TraceGap {
  readonly t: number;
  readonly missing: number;
}

export interface TimedMetrics {
  readonly t: number;
  readonly sample: MetricsSample;
}

/** All frames of the last minutes, then one a second, then one in ten: and every change of office. */
const fineMs = 120_000;
const mediumMs = 2 * 3_600_000;

const thinFrame: Thin<TimedFrame> = (kept, item, newest) => {
  const age = newest.t - item.t;
  if (age < fineMs) return null;
  const [before, now] = [kept.frame.status, item.frame.status];
  if (now.role !== before.role || now.term !== before.term || item.frame.run !== kept.frame.run) {
    return null;
  }
  // A pause stays as long as it was.
  if (item.t - (kept.until ?? kept.t) > staleAfterMs) return null;
  const stepMs = age < mediumMs ? 1_000 : 10_000;
  if (Math.floor(item.t / stepMs) !== Math.floor(kept.t / stepMs)) return null;
  return { ...kept, until: item.until ?? item.t };
};

/** What this page has heard from, and about, one node. */
export class NodeHistory {
  readonly frames = new Series<TimedFrame>(20_000, thinFrame);
  readonly links = new Series<TimedLink>(2_000);
  readonly trace = new Series<TimedTrace>(60_000);
  readonly traceGaps = new Series<TraceGap>(1_000);
  readonly log = new LogHistory(this.trace);
  readonly metrics = new Series<TimedMetrics>(7_200);

  constructor(readonly id: string) {}
}
