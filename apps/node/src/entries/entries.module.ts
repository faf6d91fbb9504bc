import { Module } from '@nestjs/common';
import { EntriesController } from './entries.controller.js';

/** The log of the node, entry by entry. */
@Module({ controllers: [EntriesController] })
export class EntriesModule {}
