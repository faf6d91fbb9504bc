import { Module } from '@nestjs/common';
import { FormsController } from './forms.controller.js';
import { KvStateMachine } from './kv-state-machine.js';
import { KvController } from './kv.controller.js';
import { KvService } from './kv.service.js';
import { TraceModule } from '../trace/trace.module.js';

/** The replicated store, alone: what a Raft node needs to run it. */
@Module({ providers: [KvStateMachine], exports: [KvStateMachine] })
export class KvStateModule {}

/** The store behind REST. */
@Module({
  imports: [KvStateModule, TraceModule],
  controllers: [KvController, FormsController],
  providers: [KvService],
})
export class KvModule {}
