import type { NodeId } from '../../src/core/entry.js';
import type { Message, MessageType } from '../../src/core/message.js';

/** Who said what to whom, on the way. */
export interface Envelope {
  readonly from: NodeId;
  /** The sender's, as its connection would prove it. */
  readonly incarnation: string;
  readonly to: NodeId;
  readonly message: Message;
}

/** Which messages are meant; what is left out may be anything. */
export interface Which {
  readonly from?: NodeId;
  readonly to?: NodeId;
  readonly type?: MessageType;
}

/** Messages that lie still on the way, oldest first, and the lines that let them pass. */
export class Wire {
  private inFlight: readonly Envelope[] = [];
  private readonly isolated = new Set<NodeId>();
  private readonly cutLinks = new Set<string>();

  get isEmpty(): boolean {
    return this.inFlight.length === 0;
  }

  post(envelopes: readonly Envelope[]): void {
    this.inFlight = [...this.inFlight, ...envelopes].filter((one) => this.passes(one));
  }

  look(which: Which): readonly Message[] {
    return this.inFlight.filter(matching(which)).map(({ message }) => message);
  }

  take(which: Which): readonly Envelope[] {
    const taken = this.inFlight.filter(matching(which));
    this.inFlight = this.inFlight.filter((envelope) => !taken.includes(envelope));
    return taken;
  }

  isolate(ids: readonly NodeId[]): void {
    for (const id of ids) this.isolated.add(id);
    this.post([]);
  }

  cut(a: NodeId, b: NodeId): void {
    this.cutLinks.add(linkName(a, b));
    this.post([]);
  }

  heal(): void {
    this.isolated.clear();
    this.cutLinks.clear();
  }

  private passes({ from, to }: Envelope): boolean {
    if (this.isolated.has(from) || this.isolated.has(to)) return false;
    return !this.cutLinks.has(linkName(from, to));
  }
}

function linkName(a: NodeId, b: NodeId): string {
  return [a, b].sort().join('-');
}

function matching({ from, to, type }: Which): (envelope: Envelope) => boolean {
  return (envelope) =>
    (from ?? envelope.from) === envelope.from &&
    (to ?? envelope.to) === envelope.to &&
    (type ?? envelope.message.type) === envelope.message.type;
}
