import type { NodeEvent, TraceRecord } from '@quorate/contract';
import { type History, rateSeconds } from '../history/history.js';
import type { HistoryRecord } from '../history/record.js';
import type { Series, Timed } from '../history/series.js';

/** What a history keeps, each thing at its place in time: a recording is made of these alone. */
export type KeptRecord =
  | Exclude<HistoryRecord, { readonly kind: 'events' | 'trace' }>
  | (Timed &
      (
        | {
            readonly kind: 'event';
            readonly node: string;
            readonly run: string;
            readonly event: NodeEvent;
          }
        | { readonly kind: 'event-gap'; readonly node: string; readonly missing: number }
        | {
            readonly kind: 'trace';
            readonly node: string;
            readonly run: string;
            readonly record: TraceRecord;
          }
        | { readonly kind: 'trace-gap'; readonly node: string; readonly missing: number }
      ));

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A series, as the records that it becomes. */
interface Source {
  readonly items: readonly Timed[];
  readonly recordOf: (item: Timed) => KeptRecord;
}

/** All that is needed to show every moment of a span as it was, in the order of time. */
export function* keptRecords(history: History, span: Span): Generator<KeptRecord> {
  const heads = sourcesOf(history, span).map((source) => ({ source, at: 0 }));
  for (;;) {
    let first: { t: number; head: (typeof heads)[number] } | null = null;
    for (const head of heads) {
      const t = head.source.items[head.at]?.t;
      if (t !== undefined && (!first || t < first.t)) first = { t, head };
    }
    const item = first?.head.source.items[first.head.at];
    if (!first || !item) return;
    first.head.at += 1;
    yield first.head.source.recordOf(item);
  }
}

/** Puts a record where it was in the history that it comes from. */
export function restore(history: History, record: KeptRecord): void {
  const { t } = record;
  switch (record.kind) {
    case 'event': {
      const { node, run, event } = record;
      const key = `${node}/${run}/${event.seq}`;
      history.events.of(node).entries.push({ t, key, node, kind: 'event', run, event });
      return;
    }
    case 'event-gap': {
      const { node, missing } = record;
      const { entries } = history.events.of(node);
      const key = `${node}/gap/${entries.length + entries.dropped}`;
      entries.push({ t, key, node, kind: 'gap', missing });
      return;
    }
    case 'trace':
      history.of(record.node).trace.push({ t, run: record.run, record: record.record });
      return;
    case 'trace-gap':
      history.of(record.node).traceGaps.push({ t, missing: record.missing });
      return;
    case 'supervisor':
    case 'processes':
    case 'link':
    case 'frame':
    case 'metrics':
      history.take(record);
  }
}

function sourcesOf(history: History, span: Span): Source[] {
  return [
    source(atItsBeginning(history.supervisor, span), (item) => ({ kind: 'supervisor', ...item })),
    source(atItsBeginning(history.processes, span), (item) => ({ kind: 'processes', ...item })),
    ...[...history.nodes.values()].flatMap((node): Source[] => [
      source(atItsBeginning(node.links, span), (item) => {
        return { kind: 'link', node: node.id, ...item };
      }),
      source(ledUpTo(node.frames, span), (item) => ({ kind: 'frame', node: node.id, ...item })),
      source(within(node.trace, span), (item) => ({ kind: 'trace', node: node.id, ...item })),
      source(within(node.traceGaps, span), (item) => {
        return { kind: 'trace-gap', node: node.id, ...item };
      }),
      source(within(node.metrics, span), (item) => ({ kind: 'metrics', node: node.id, ...item })),
    ]),
    ...history.events.nodes.map((id) => {
      // What happened before tells how it came to what is shown.
      const events = history.events.of(id).entries.between(-Infinity, span.to);
      return source(events, (entry): KeptRecord => {
        const { t, node } = entry;
        return entry.kind === 'gap'
          ? { t, kind: 'event-gap', node, missing: entry.missing }
          : { t, kind: 'event', node, run: entry.run, event: entry.event };
      });
    }),
  ];
}

function source<T extends Timed>(items: readonly T[], recordOf: (item: T) => KeptRecord): Source {
  return { items, recordOf: (item) => recordOf(item as T) };
}

function within<T extends Timed>(series: Series<T>, { from, to }: Span): T[] {
  // What happened exactly at the beginning belongs to it: times are real numbers.
  return series
    .all()
    .slice(0, series.countUntil(to))
    .filter(({ t }) => t >= from);
}

/** With what was so already when the span began. */
function atItsBeginning<T extends Timed>(series: Series<T>, { from, to }: Span): T[] {
  const first = Math.max(0, series.countUntil(from) - 1);
  return series.all().slice(first, series.countUntil(to));
}

/** With one frame for each second whose commit rate is told at the beginning, and the last second whole. */
function ledUpTo<T extends Timed>(series: Series<T>, span: Span): T[] {
  const second = Math.floor(span.from / 1_000);
  const marks = Array.from({ length: rateSeconds + 1 }, (_, at) => {
    return series.at((second - rateSeconds + at) * 1_000);
  });
  const lead = new Set(marks.filter((item) => item !== undefined));
  const lastSecond = atItsBeginning(series, { from: span.from - 1_000, to: span.from });
  return [
    ...[...lead].filter((item) => !lastSecond.includes(item) && item.t <= span.from),
    ...lastSecond,
    ...series.between(span.from, span.to),
  ];
}
