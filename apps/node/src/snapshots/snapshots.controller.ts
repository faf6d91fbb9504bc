import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { SnapshotTaken } from '@quorate/contract';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { RaftService } from '../raft/raft.service.js';

/** Snapshots of this node's state: a new one, or the latest as a file to keep. */
@Controller('snapshot')
export class SnapshotsController {
  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers once it is durable. */
  @Post()
  @HttpCode(200)
  async take(): Promise<SnapshotTaken> {
    const { index, term, bytes } = await this.raft.snapshot();
    return { index, term, bytes };
  }

  /** The latest; taken now where there is none. One that breaks off ends the connection. */
  @Get()
  async export(@Res() reply: FastifyReply): Promise<void> {
    const pieces = this.raft.exportSnapshot();
    // What fails before the first byte is answered like every failure.
    const first = await pieces.next();
    void reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="${this.config.id}.snapshot"`)
      .send(Readable.from(together(first, pieces)));
  }
}

async function* together<T>(first: IteratorResult<T, unknown>, rest: AsyncIterable<T>) {
  if (first.done !== true) yield first.value;
  yield* rest;
}
