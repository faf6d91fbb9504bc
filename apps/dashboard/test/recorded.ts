import type { NodeStatus, TracedMessage, TraceRecord } from '@quorate/contract';
import { History } from '../src/core/history/history.js';
import { frame, leading, process, status } from './fixtures.js';
import { now } from './observed.js';

/** A message as a test tells it: when it was sent and received; null for an end that nobody told. */
export interface Sent {
  readonly from: string;
  readonly to: string;
  readonly sent: number | null;
  readonly received: number | null;
  /** Told by whom, why, and when. */
  readonly lost?: { readonly at: number; readonly side: 'out' | 'in'; readonly reason: string };
  readonly message: TracedMessage;
}

type Untimed<R> = R extends TraceRecord ? Omit<R, 'at'> : never;

/**
 * A history that a test writes: three healthy nodes that n1 leads, heard since a second unless it is
 * to be longer. All times are ms since `start`.
 */
export class Recorded {
  readonly start = now;
  readonly history = new History();
  readonly #ids = new Map<string, number>();
  #seq = 0;

  constructor(
    readonly nodes: readonly string[] = ['n1', 'n2', 'n3'],
    heardForMs = 1_000,
  ) {
    const t = this.start - heardForMs;
    this.history.take({ t, kind: 'supervisor', link: 'open' });
    const processes = nodes.map((id) => process(id));
    this.history.take({ t, kind: 'processes', list: { processes } });
    for (const id of nodes) {
      this.history.take({ t, kind: 'link', node: id, link: 'open', problem: null });
      this.frame(id, -heardForMs, id === 'n1' ? leading() : status(id));
    }
  }

  t(ms: number): number {
    return this.start + ms;
  }

  frame(node: string, ms: number, words: NodeStatus): this {
    const at = this.t(ms);
    const clock = { machine: 'm', origin: 0 };
    const told = { ...frame(words, runOf(node)), at, time: at, clock };
    this.history.take({ t: at, kind: 'frame', node, frame: told });
    return this;
  }

  trace(node: string, ms: number, record: Untimed<TraceRecord>): this {
    const batch = {
      run: runOf(node),
      dropped: 0,
      records: [{ ...record, at: this.t(ms) }],
    };
    this.history.take({ t: this.t(ms), kind: 'trace', node, batch });
    return this;
  }

  message({ from, to, sent, received, lost, message }: Sent): this {
    const id = (this.#ids.get(from) ?? 0) + 1;
    this.#ids.set(from, id);
    if (sent !== null) this.trace(from, sent, { kind: 'sent', id, to, message });
    if (received !== null) {
      const known = sent === null ? null : id;
      this.trace(to, received, { kind: 'received', id: known, from, message });
    }
    if (!lost) return this;
    const { at, side, reason } = lost;
    const [teller, peer] = side === 'out' ? [from, to] : [to, from];
    return this.trace(teller, at, { kind: 'lost', id, peer, direction: side, message, reason });
  }

  event(node: string, ms: number, type: string, fields: Record<string, unknown> = {}): this {
    const t = this.t(ms);
    this.#seq += 1;
    const event = { seq: this.#seq, at: t, time: t, type, text: type, ...fields };
    this.history.take({
      t,
      kind: 'events',
      node,
      batch: { run: runOf(node), dropped: 0, events: [event] },
    });
    return this;
  }
}

export const runOf = (node: string) => `run of ${node}`;

export const heartbeat = (readPosition = 0, term = 3): TracedMessage => {
  return { type: 'heartbeat', term, session: 1, commit: 10, readPosition, sentAt: 5 };
};

export const beatAnswer = (readPosition = 0, term = 3): TracedMessage => {
  return { ...heartbeat(readPosition, term), type: 'heartbeat-response' };
};

export const voteRequest = (term: number, preVote = false): TracedMessage => {
  return { type: 'vote-request', term, preVote, transfer: false, lastIndex: 10, lastTerm: 3 };
};

export const voteAnswer = (term: number, refusal: string | null = null, preVote = false) => {
  return { type: 'vote-response', term, preVote, refusal, configurationIndex: 0 };
};

/** The entries `from` to `to` of a term, behind one of the same term. */
export const append = (from: number, to: number, term = 3): TracedMessage => {
  const entries = { from, to, bytes: 100 * (to - from + 1), terms: [term] };
  return { type: 'append-request', term, session: 1, prevIndex: from - 1, prevTerm: term, entries };
};

export const appendAnswer = (match: number | null, rejectedIndex = 0): TracedMessage => {
  return { type: 'append-response', term: 3, session: 1, match, rejectedIndex };
};
