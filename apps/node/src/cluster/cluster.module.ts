import { Module } from '@nestjs/common';
import { KvStateModule } from '../kv/kv.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ClusterController } from './cluster.controller.js';
import { ClusterService } from './cluster.service.js';
import { MembershipController } from './membership.controller.js';
import { MembershipService } from './membership.service.js';

@Module({
  imports: [KvStateModule, PeersModule],
  controllers: [ClusterController, MembershipController],
  providers: [ClusterService, MembershipService],
  exports: [ClusterService],
})
export class ClusterModule {}
