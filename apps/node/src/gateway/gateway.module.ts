import { Module } from '@nestjs/common';
import { ClusterModule } from '../cluster/cluster.module.js';
import { EventsModule } from '../events/events.module.js';
import { KvStateModule } from '../kv/kv.module.js';
import { TraceModule } from '../trace/trace.module.js';
import { NodeGateway } from './node.gateway.js';

@Module({
  imports: [ClusterModule, EventsModule, KvStateModule, TraceModule],
  providers: [NodeGateway],
})
export class GatewayModule {}
