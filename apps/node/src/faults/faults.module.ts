import { Module } from '@nestjs/common';
import { PeersModule } from '../peers/peers.module.js';
import { FaultsController } from './faults.controller.js';

@Module({ imports: [PeersModule], controllers: [FaultsController] })
export class FaultsModule {}
