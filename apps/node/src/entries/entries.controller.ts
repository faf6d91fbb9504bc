import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import type { LogPage } from '@quorate/contract';
import type { FastifyRequest } from 'fastify';
import { Fields } from '../http/fields.js';
import { wholeNumber } from '../http/whole-number.js';
import { RaftService } from '../raft/raft.service.js';
import { logEntry } from './log-entry.js';

const DEFAULT_ENTRIES = 100;
const MAX_ENTRIES = 500;

/** What this node's own log holds, committed or not. */
@Controller('log')
export class EntriesController {
  constructor(@Inject(RaftService) private readonly raft: RaftService) {}

  /** Without `from` the latest. */
  @Get()
  @Header('cache-control', 'no-store')
  page(@Req() request: FastifyRequest): LogPage {
    const fields = Fields.ofQuery(request.url);
    const { limit = DEFAULT_ENTRIES } = wholeNumber(fields, 'limit', 1, MAX_ENTRIES);
    const { firstIndex, lastIndex, commitIndex } = this.raft.status;
    const latest = Math.max(0, lastIndex - limit + 1);
    const { from = latest } = wholeNumber(fields, 'from', 0);
    const entries = this.raft.log.entries(from, limit).map(logEntry);
    return { firstIndex, lastIndex, commitIndex, entries };
  }
}
