import { type DynamicModule, Module } from '@nestjs/common';
import { Log } from '../log/log.js';
import type { Config } from './config.js';

/** Injection token of the `Config`. */
export const CONFIG = Symbol('Config');

/** What every module may ask for: the configuration, and the log. */
@Module({})
export class ConfigModule {
  static forRoot(config: Config, log: Log): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Log, useValue: log },
      ],
      exports: [CONFIG, Log],
    };
  }
}
