import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { TraceService } from './trace.service.js';

@Module({ imports: [EventsModule], providers: [TraceService], exports: [TraceService] })
export class TraceModule {}
