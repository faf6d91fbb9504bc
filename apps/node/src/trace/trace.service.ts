import { Inject, Injectable } from '@nestjs/common';
import type { TraceRecord } from '@quorate/contract';
import type { LogWrite, LostMessage, Marks, Message, Received, Tap } from '@quorate/raft';
import { EventFeed } from '../events/event-feed.js';
import { RaftService } from '../raft/raft.service.js';
import { LogTrace } from './log-trace.js';
import { MessageTrace } from './message-trace.js';
import { TraceReader } from './trace-reader.js';
import { TraceRing } from './trace-ring.js';

const LATEST_RUNS = 64;

/** What this node does, message by message, for pages that ask. While none does, it listens to nothing. */
@Injectable()
export class TraceService implements Tap {
  readonly #ring = new TraceRing();
  readonly #log = new LogTrace((record) => this.#ring.push(record));
  /** How far the node was when a message came or went stands before it. */
  readonly #messages = new MessageTrace((record) => {
    this.#log.settle(record.at);
    this.#ring.push(record);
  });
  readonly #readers = new Set<TraceReader>();
  #endTap: (() => void) | null = null;

  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    private readonly events: EventFeed,
  ) {}

  /** A reader gets first how the log is, and then what comes. */
  open(): TraceReader {
    this.#endTap ??= this.raft.tap(this);
    const reader = new TraceReader({
      run: this.events.run,
      start: this.#present(),
      seq: this.#ring.lastSeq,
      later: (seq, limit) => {
        this.#messages.settle();
        return this.#ring.after(seq, limit);
      },
      closed: () => this.#closed(reader),
    });
    this.#readers.add(reader);
    return reader;
  }

  /** Tells where a write is placed that somebody follows by this name, and what brings it on. */
  async follow<T>(
    trace: string,
    write: (placed: (index: number, term: number) => void) => Promise<T>,
  ): Promise<T> {
    const unfollow = this.#messages.follow();
    try {
      return await write((index, term) => {
        if (this.#endTap === null) return;
        this.#ring.push({ kind: 'placed', at: performance.now(), trace, index, term });
      });
    } finally {
      unfollow();
    }
  }

  sent(to: string, message: Message): number | undefined {
    return this.#messages.sent(to, message);
  }

  received(received: Received): void {
    this.#messages.received(received);
  }

  lost(lost: LostMessage): void {
    this.#messages.lost(lost);
  }

  wrote(write: LogWrite): void {
    this.#log.wrote(write);
  }

  moved(marks: Marks): void {
    this.#log.moved(marks);
  }

  #present(): TraceRecord[] {
    const at = performance.now();
    const { lastIndex, durableIndex, commitIndex, appliedIndex } = this.raft.status;
    const runs = this.raft.log
      .runs(LATEST_RUNS)
      .map(([from, to, term]): [number, number, number] => {
        return [from, to, term];
      });
    const marks = { last: lastIndex, durable: durableIndex, commit: commitIndex };
    return [
      { kind: 'log', at, whole: true, runs },
      { kind: 'mark', at, ...marks, applied: appliedIndex },
    ];
  }

  #closed(reader: TraceReader): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    this.#endTap?.();
    this.#endTap = null;
    this.#log.settle(performance.now());
    this.#ring.clear();
  }
}
