import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { RaftNodeOptions } from '@quorate/raft';
import { RAFT_OPTIONS, RaftService } from './raft.service.js';

/** How the options of the node are made, from other providers if need be. */
export interface RaftModuleOptions<Result>
  extends
    Pick<FactoryProvider<RaftNodeOptions<Result>>, 'useFactory' | 'inject'>,
    Pick<DynamicModule, 'imports'> {}

/** Runs one Raft node inside a Nest application, for all of its modules. */
@Module({})
export class RaftModule {
  static forRootAsync<Result>(options: RaftModuleOptions<Result>): DynamicModule {
    return {
      module: RaftModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        { provide: RAFT_OPTIONS, useFactory: options.useFactory, inject: options.inject ?? [] },
        RaftService,
      ],
      exports: [RaftService],
    };
  }
}
