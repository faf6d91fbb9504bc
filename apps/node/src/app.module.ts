import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { fileLog, fileSnapshots, type RaftNodeOptions, tcpTransport } from '@quorate/raft';
import { ClusterModule } from './cluster/cluster.module.js';
import { addressOf } from './config/address.js';
import type { Config } from './config/config.js';
import { CONFIG, ConfigModule } from './config/config.module.js';
import { EventsModule } from './events/events.module.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { type KvResult, KvStateMachine } from './kv/kv-state-machine.js';
import { KvModule, KvStateModule } from './kv/kv.module.js';
import type { Log } from './log/log.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { RaftModule } from './raft/raft.module.js';

/** One member of a cluster: the Raft node, the store it replicates, and the ways to reach both. */
@Module({})
export class AppModule {
  static forRoot(config: Config, log: Log): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config, log),
        RaftModule.forRootAsync({
          imports: [KvStateModule],
          inject: [CONFIG, KvStateMachine],
          useFactory: raftOptions,
        }),
        KvModule,
        ClusterModule,
        EventsModule,
        GatewayModule,
        MetricsModule,
      ],
    };
  }
}

function raftOptions(config: Config, stateMachine: KvStateMachine): RaftNodeOptions<KvResult> {
  const { host, port, advertise } = config.raft;
  return {
    id: config.id,
    stateMachine,
    log: fileLog({ dir: config.volumeDir }),
    snapshots: fileSnapshots({ dir: join(config.volumeDir, 'snapshots') }),
    transport: tcpTransport({ listen: { host, port }, advertise: addressOf(advertise, port) }),
    attributes: { http: `http://${addressOf(config.http.advertise, config.http.port)}` },
    timing: config.timing,
  };
}
