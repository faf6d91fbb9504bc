import { Controller, Get, Header, Inject } from '@nestjs/common';
import { KvStateMachine } from '../kv/kv-state-machine.js';
import { RaftService } from '../raft/raft.service.js';
import { Exposition } from './exposition.js';
import { raftExposition } from './raft-exposition.js';

@Controller()
export class MetricsController {
  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    private readonly machine: KvStateMachine,
  ) {}

  @Get('metrics')
  @Header('content-type', Exposition.contentType)
  @Header('cache-control', 'no-store')
  metrics(): string {
    return raftExposition(this.raft.metrics(), this.raft.status, this.machine.size);
  }
}
