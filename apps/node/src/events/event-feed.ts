import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EventBatch } from '@quorate/contract';
import { Log } from '../log/log.js';
import { RaftService } from '../raft/raft.service.js';
import { describe } from './describe.js';
import { describeMembers } from './describe-members.js';

/** The node's events in words: each is told to the log, and the latest to pages that ask. */
@Injectable()
export class EventFeed implements OnApplicationBootstrap {
  /** Names this run of the process: another one counts its events anew. */
  readonly run = randomUUID();

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
    return this.raft.lastEventSeq;
  }

  after(seq: number, limit: number): EventBatch {
    const { events, dropped } = this.raft.eventsAfter(seq, limit);
    const told = events.map((event) => ({ ...event, text: describe(event).text }));
    return { run: this.run, events: told, dropped };
  }

  /** What the node starts with happened before any event. */
  private tellStart(): void {
    const { configuration, role, term } = this.raft.status;
    const members = describeMembers(configuration);
    this.log.info(`initial configuration, index ${configuration.index}: ${members}`);
    this.log.info(`entering ${role} state, term ${term}`);
  }

  private async follow(): Promise<void> {
    for await (const event of this.raft.events(1)) {
      if (event.type === 'dropped') {
        this.log.warn(`${event.count} events came too fast to be told`);
      } else {
        const { level, text } = describe(event);
        this.log.print(level, text, { event });
      }
    }
  }
}
