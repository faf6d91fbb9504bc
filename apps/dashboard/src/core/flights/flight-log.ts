import type { TracedMessage, TraceRecord } from '@quorate/contract';
import type { NodeHistory, TimedTrace } from '../history/node-history.js';
import { Series } from '../history/series.js';
import { answeredKey, requestKeys } from './answer-keys.js';
import type { Flight, Loss } from './flight.js';
import { kindOf } from './message-kind.js';

type Told<K extends TraceRecord['kind']> = Extract<TraceRecord, { kind: K }>;

/** A flight that may yet come to an end. */
interface Open extends Flight {
  receivedAt: number | null;
  loss: Loss | null;
}

/** How a message ended, as its receiver or its sender told. */
interface End {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly t: number;
  readonly message: TracedMessage;
  readonly loss: Loss | null;
}

/** Flights that are kept. */
const capacity = 60_000;
/** Messages under way, requests without an answer: more than these nobody follows. */
const mostOpen = 8_192;
/** The sender's own word comes with its next batch, or it is never heard, ms. */
const waitForSenderMs = 1_000;
/** Records read at a time: a long past is caught up with in steps that nobody feels. */
const readAtOnce = 10_000;

/**
 * The messages between the nodes, each once, out of the traces of both ends. It reads what the traces
 * have got since the last time whenever it is asked.
 */
export class FlightLog {
  readonly #flights = new Series<Flight>(capacity);
  /** Records read of each node, those counted that its trace has let go. */
  readonly #read = new Map<string, number>();
  readonly #flying = new Map<string, Open>();
  /** Ends of messages whose sender has not told of them yet. */
  readonly #early = new Map<string, End>();
  readonly #asked = new Map<string, Flight>();
  #longestMs = 0;
  #newest = -Infinity;
  #unnamed = 0;

  constructor(readonly nodes: ReadonlyMap<string, NodeHistory>) {}

  /** By the time of their departure, as far as it is known. */
  get all(): Series<Flight> {
    this.#catchUp();
    return this.#flights;
  }

  /** The longest time that any message was under way, ms. */
  get longestMs(): number {
    return this.#longestMs;
  }

  find(key: string): Flight | null {
    return this.all.all().find((flight) => flight.key === key) ?? null;
  }

  /** The latest answer to a request; null where none is known. */
  answerTo(request: Flight): Flight | null {
    return this.all.all().findLast(({ answers }) => answers === request) ?? null;
  }

  #catchUp(): void {
    const sources = [...this.nodes].map(([id, { trace }]) => {
      const read = Math.max(this.#read.get(id) ?? 0, trace.dropped);
      return { id, trace, next: read - trace.dropped };
    });
    for (let count = 0; count < readAtOnce; count++) {
      let earliest: (typeof sources)[number] | null = null;
      let record: TimedTrace | undefined;
      for (const source of sources) {
        const candidate = source.trace.all()[source.next];
        if (candidate && (!record || candidate.t < record.t)) {
          earliest = source;
          record = candidate;
        }
      }
      if (!earliest || !record) break;
      earliest.next += 1;
      this.#take(earliest.id, record);
    }
    for (const { id, trace, next } of sources) this.#read.set(id, trace.dropped + next);
    this.#giveUpWaiting();
  }

  #take(node: string, { t, run, record }: TimedTrace): void {
    this.#newest = Math.max(this.#newest, t);
    switch (record.kind) {
      case 'sent':
        this.#sent(node, run, t, record);
        return;
      case 'received':
        this.#ended(this.#end(record.from, node, record, t, null));
        return;
      case 'lost': {
        const { direction, peer, reason } = record;
        const [from, to] = direction === 'out' ? [node, peer] : [peer, node];
        this.#ended(this.#end(from, to, record, t, { at: t, side: direction, reason }));
        return;
      }
      default:
        return;
    }
  }

  #sent(from: string, run: string, t: number, { id, to, message }: Told<'sent'>): void {
    const way = wayOf(from, to, id);
    const flight = this.#add({ key: `${run}/${id}`, from, to, message, t, sentAt: t });
    const end = this.#early.get(way);
    if (end?.message.type === message.type) {
      this.#early.delete(way);
      this.#finish(flight, end);
    } else {
      remember(this.#flying, way, flight);
    }
  }

  #ended(end: End): void {
    const flight = this.#flying.get(end.key);
    if (flight?.message.type === end.message.type) {
      this.#flying.delete(end.key);
      this.#finish(flight, end);
    } else if (end.key === '') {
      this.#withoutSender(end);
    } else {
      remember(this.#early, end.key, end);
    }
  }

  #finish(flight: Open, { t, loss }: End): void {
    if (loss) {
      flight.loss = loss;
      return;
    }
    // Machines' clocks are laid beside each other only roughly.
    flight.receivedAt = Math.max(t, flight.t);
    this.#longestMs = Math.max(this.#longestMs, flight.receivedAt - flight.t);
  }

  #giveUpWaiting(): void {
    for (const [key, end] of this.#early) {
      if (this.#newest - end.t < waitForSenderMs) return;
      this.#early.delete(key);
      this.#withoutSender(end);
    }
  }

  #withoutSender({ from, to, message, t, loss }: End): void {
    this.#unnamed += 1;
    const flight = this.#add({ key: `?/${this.#unnamed}`, from, to, message, t, sentAt: null });
    if (loss) flight.loss = loss;
    else flight.receivedAt = t;
  }

  #add(told: Omit<Flight, 'kind' | 'receivedAt' | 'loss' | 'answers'>): Open {
    const { from, to, message } = told;
    const answered = answeredKey(message);
    const answers = answered === null ? null : this.#asked.get(`${to}>${from} ${answered}`);
    const flight: Open = {
      ...told,
      kind: kindOf(message),
      receivedAt: null,
      loss: null,
      answers: answers ?? null,
    };
    for (const key of requestKeys(message)) {
      remember(this.#asked, `${from}>${to} ${key}`, flight);
    }
    this.#flights.push(flight);
    return flight;
  }

  #end(
    from: string,
    to: string,
    { id, message }: Told<'received' | 'lost'>,
    t: number,
    loss: Loss | null,
  ): End {
    return { key: id === null ? '' : wayOf(from, to, id), from, to, t, message, loss };
  }
}

/** A sender that starts anew counts anew: the latest message of this number is meant. */
const wayOf = (from: string, to: string, id: number) => `${from}>${to}/${id}`;

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= mostOpen) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
