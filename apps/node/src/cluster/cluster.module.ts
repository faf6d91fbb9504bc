import { Module } from '@nestjs/common';
import { KvStateModule } from '../kv/kv.module.js';
import { ClusterController } from './cluster.controller.js';
import { ClusterService } from './cluster.service.js';

@Module({
  imports: [KvStateModule],
  controllers: [ClusterController],
  providers: [ClusterService],
  exports: [ClusterService],
})
export class ClusterModule {}
