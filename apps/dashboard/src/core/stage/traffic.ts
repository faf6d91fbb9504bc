import type { TraceRecord } from '@quorate/contract';
import { kindOf, kindOfType, type MessageKind } from '../flights/message-kind.js';
import type { History } from '../history/history.js';

/** What went from one node to another in the last second. */
export interface Traffic {
  readonly from: string;
  readonly to: string;
  /** Messages a second, and those of each kind. */
  readonly rate: number;
  readonly kinds: ReadonlyMap<MessageKind, number>;
}

/** Named messages and counted ones come at different times: a second has both. */
const overMs = 1_000;

export const linkOf = (from: string, to: string): string => `${from}>${to}`;

/**
 * Traffic by link, up to a time. What a node sends, itself tells; where nobody hears it, the other end
 * does.
 */
export function trafficAt(history: History, t: number): Map<string, Traffic> {
  const sent = new Map<string, Tally>();
  const received = new Map<string, Tally>();
  for (const [id, { trace }] of history.nodes) {
    const records = trace.all();
    for (let at = trace.countUntil(t) - 1; at >= 0; at--) {
      const timed = records[at];
      if (!timed || timed.t <= t - overMs) break;
      note(id, timed.record, sent, received);
    }
  }
  return new Map([...received, ...sent]);
}

class Tally implements Traffic {
  rate = 0;
  readonly kinds = new Map<MessageKind, number>();

  constructor(
    readonly from: string,
    readonly to: string,
  ) {}

  add(kind: MessageKind | null, count: number): void {
    this.rate += (count * 1_000) / overMs;
    if (kind) this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + (count * 1_000) / overMs);
  }
}

function note(
  node: string,
  record: TraceRecord,
  sent: Map<string, Tally>,
  received: Map<string, Tally>,
): void {
  switch (record.kind) {
    case 'sent':
      tallyOf(sent, node, record.to).add(kindOf(record.message), 1);
      return;
    case 'received':
      tallyOf(received, record.from, node).add(kindOf(record.message), 1);
      return;
    case 'counted':
      for (const { peer, direction, type, count } of record.messages) {
        const tally =
          direction === 'out' ? tallyOf(sent, node, peer) : tallyOf(received, peer, node);
        tally.add(kindOfType(type), count);
      }
      return;
    default:
      return;
  }
}

function tallyOf(tallies: Map<string, Tally>, from: string, to: string): Tally {
  const link = linkOf(from, to);
  let tally = tallies.get(link);
  if (!tally) {
    tally = new Tally(from, to);
    tallies.set(link, tally);
  }
  return tally;
}
