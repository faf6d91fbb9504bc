import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EventBatch } from '@quorate/contract';
import type { RaftEvent } from '@quorate/raft';
import { Log } from '../log/log.js';
import { RaftService } from '../raft/raft.service.js';
import { describe, describeMembers } from './describe.js';
import { EventRing } from './event-ring.js';

/** Events that a page can catch up on; at some 300 bytes each they stay below 2 MB. */
const KEPT_EVENTS = 4096;

/** Follows the node's events from its start: tells each to the log, and keeps the latest for pages. */
@Injectable()
export class EventFeed implements OnApplicationBootstrap {
  /** Names this run of the process: another one counts its events anew. */
  readonly run = randomUUID();
  readonly #ring = new EventRing(KEPT_EVENTS);

  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    private readonly log: Log,
  ) {}

  /** The events end when the node closes. */
  onApplicationBootstrap(): void {
    this.tellStart();
    void this.follow();
  }

  get lastSeq(): number {
    return this.#ring.lastSeq;
  }

  after(seq: number, limit: number): EventBatch {
    return { run: this.run, ...this.#ring.after(seq, limit) };
  }

  /** What the node starts with happened before any event. */
  private tellStart(): void {
    const { configuration, role, term } = this.raft.status;
    const members = describeMembers(configuration.members);
    this.log.info(`initial configuration, index ${configuration.index}: ${members}`);
    this.log.info(`entering ${role} state, term ${term}`);
  }

  private async follow(): Promise<void> {
    for await (const event of this.raft.events(1)) {
      if (event.type === 'dropped') {
        this.log.warn(`${event.count} events came too fast to be told`);
      } else {
        this.tell(event);
      }
    }
  }

  private tell(event: RaftEvent): void {
    const { level, text } = describe(event);
    this.log.print(level, text, { event });
    this.#ring.push({ ...event, text });
  }
}
