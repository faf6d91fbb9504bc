import type { TracedMessage } from '@quorate/contract';
import type { MessageKind } from './message-kind.js';

/** A message on its way from one node to another, put together from what both ends told. */
export interface Flight {
  /** Unique in a history. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly message: TracedMessage;
  readonly kind: MessageKind | null;
  /** The first that is known of it, page time: when it was sent, else when it came. */
  readonly t: number;
  /** null when nobody watched where it was sent. */
  readonly sentAt: number | null;
  /** null while nobody has told of its arrival. */
  readonly receivedAt: number | null;
  readonly loss: Loss | null;
  /** The request that it answers; null for a request, and where it is not known. */
  readonly answers: Flight | null;
}

/** Where and why a message ended: `out` on the sender's side, `in` on the receiver's. */
export interface Loss {
  readonly at: number;
  readonly side: 'out' | 'in';
  readonly reason: string;
}

/** `unheard`: nobody has told of its arrival in all the time since, so it is as good as lost. */
export type Fate = 'flying' | 'arrived' | 'lost' | 'unheard';

/** Delays of the network end long before this, those that somebody injects may not, ms. */
const unheardAfterMs = 2_000;

export function fateAt(flight: Flight, t: number): Fate {
  const { sentAt, receivedAt, loss } = flight;
  if (loss) return t < loss.at ? 'flying' : 'lost';
  if (receivedAt !== null) return t < receivedAt ? 'flying' : 'arrived';
  return t - (sentAt ?? t) > unheardAfterMs ? 'unheard' : 'flying';
}

/** How long it really flew, ms; null while that is not known. */
export function flightTime({ sentAt, receivedAt }: Flight): number | null {
  return sentAt === null || receivedAt === null ? null : receivedAt - sentAt;
}
