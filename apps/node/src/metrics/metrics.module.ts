import { Module } from '@nestjs/common';
import { KvStateModule } from '../kv/kv.module.js';
import { MetricsController } from './metrics.controller.js';

@Module({ imports: [KvStateModule], controllers: [MetricsController] })
export class MetricsModule {}
