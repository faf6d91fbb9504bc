import type { TraceRecord } from '@quorate/contract';
import type { LostMessage, Message, Received } from '@quorate/raft';
import { AwaitedEntries, MessageChoice } from './message-choice.js';
import { MessageCounts } from './message-counts.js';
import { tracedMessage } from './traced-message.js';

/** Tells of messages: one by one what was chosen, the rest in numbers. */
export class MessageTrace {
  readonly #choices = new Map<string, MessageChoice>();
  readonly #counts = new MessageCounts();
  readonly #awaited = new AwaitedEntries();
  #lastId = 0;
  #followedWrites = 0;

  constructor(private readonly tell: (record: TraceRecord) => void) {}

  /** What brings writes on is told until the returned function is called. */
  follow(): () => void {
    this.#followedWrites += 1;
    return () => (this.#followedWrites -= 1);
  }

  /** The id of a message that was chosen. */
  sent(to: string, message: Message): number | undefined {
    const at = performance.now();
    if (!this.#choice(to).tellsSent(message, at, this.#isFollowed(message))) {
      this.#counts.add(to, 'out', message.type);
      return undefined;
    }
    if (message.type === 'propose-response' && message.refusal === null) {
      this.#awaited.add(message.index);
    }
    const id = ++this.#lastId;
    this.tell({ kind: 'sent', at, id, to, message: tracedMessage(message) });
    return id;
  }

  received({ from, message, traceId }: Received): void {
    const at = performance.now();
    if (!this.#choice(from).tellsReceived(message, traceId, at)) {
      this.#counts.add(from, 'in', message.type);
      return;
    }
    const id = traceId ?? null;
    this.tell({ kind: 'received', at, id, from, message: tracedMessage(message) });
  }

  lost({ peer, direction, message, traceId, reason }: LostMessage): void {
    const at = performance.now();
    // What was sent has been counted, unless it was chosen.
    if (direction === 'out' && traceId === undefined) return;
    if (direction === 'in' && !this.#choice(peer).tellsReceived(message, traceId, at)) {
      this.#counts.add(peer, 'in', message.type);
      return;
    }
    const id = traceId ?? null;
    this.tell({ kind: 'lost', at, id, peer, direction, message: tracedMessage(message), reason });
  }

  /** Tells what was only counted, now and then. */
  settle(): void {
    const at = performance.now();
    const messages = this.#counts.take(at);
    if (messages !== null) this.tell({ kind: 'counted', at, messages });
  }

  #isFollowed(message: Message): boolean {
    if (message.type === 'propose-request') return this.#followedWrites > 0;
    if (message.type !== 'append-request' || message.entries.length === 0) return false;
    return this.#followedWrites > 0 || this.#awaited.areIn(message);
  }

  #choice(peer: string): MessageChoice {
    let choice = this.#choices.get(peer);
    if (choice === undefined) {
      choice = new MessageChoice();
      this.#choices.set(peer, choice);
    }
    return choice;
  }
}
