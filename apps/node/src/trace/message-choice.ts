import type { Message } from '@quorate/raft';
import { answerKey } from './answer-key.js';
import { Pace } from './pace.js';

/** Requests of common kinds that are told one by one, to each peer: their answers are told too. */
const REQUESTS_PER_SECOND = 150;
/** What belongs to a write that somebody follows may be told beside those. */
const FOLLOWED_PER_SECOND = 500;
const BURST = 60;
/** Answers that may be owed at once. */
const MAX_OWED = 512;
/** Entries whose way to the followers is told. */
const MAX_AWAITED = 64;
/** A peer that has named a message lately is watched, and chooses itself what to name. */
const CHOOSES_FOR_MS = 2000;

/**
 * Which messages between this node and one peer are told one by one, and which are only counted. The
 * sender chooses, and names what it has chosen: so both ends tell the same. Of those that nobody has
 * named, since nobody watches where they come from, the receiver chooses.
 */
export class MessageChoice {
  readonly #pace = new Pace(REQUESTS_PER_SECOND, BURST);
  readonly #followed = new Pace(FOLLOWED_PER_SECOND, BURST);
  readonly #unnamed = new Pace(REQUESTS_PER_SECOND, BURST);
  /** Requests of the peer that were told. */
  readonly #owed = new Set<string>();
  #namedAt = -Infinity;

  /** @param isFollowed whether the message brings on a write that somebody follows */
  tellsSent(message: Message, now: number, isFollowed: boolean): boolean {
    if (isRare(message)) return true;
    const key = answerKey(message);
    if (message.type.endsWith('-response')) return key !== null && this.#owed.delete(key);
    return (isFollowed && this.#followed.take(now)) || this.#pace.take(now);
  }

  tellsReceived(message: Message, traceId: number | undefined, now: number): boolean {
    if (traceId !== undefined) this.#namedAt = now;
    const tells = traceId !== undefined || isRare(message) || this.#choosesUnnamed(now);
    if (tells && !message.type.endsWith('-response')) this.#owe(answerKey(message));
    return tells;
  }

  #choosesUnnamed(now: number): boolean {
    return now - this.#namedAt > CHOOSES_FOR_MS && this.#unnamed.take(now);
  }

  #owe(key: string | null): void {
    if (key === null) return;
    this.#owed.add(key);
    if (this.#owed.size <= MAX_OWED) return;
    for (const oldest of this.#owed) {
      this.#owed.delete(oldest);
      return;
    }
  }
}

/** Too seldom to be many, or what people look for. */
function isRare(message: Message): boolean {
  switch (message.type) {
    case 'vote-request':
    case 'vote-response':
    case 'timeout-now':
    case 'snapshot-request':
    case 'snapshot-response':
    case 'membership-request':
    case 'membership-response':
      return true;
    case 'append-response':
      return message.match === null;
    default:
      return false;
  }
}

/** Entries whose way to the followers is told, since their proposal was. */
export class AwaitedEntries {
  #indexes: number[] = [];

  add(index: number): void {
    this.#indexes.push(index);
    if (this.#indexes.length > MAX_AWAITED) this.#indexes.shift();
  }

  areIn({ prevIndex, entries }: Extract<Message, { type: 'append-request' }>): boolean {
    const last = prevIndex + entries.length;
    return this.#indexes.some((index) => index > prevIndex && index <= last);
  }
}
