import { type DynamicModule, Module } from '@nestjs/common';
import type { RaftNodeOptions } from '@quorate/raft';
import { ClusterModule } from './cluster/cluster.module.js';
import type { Config } from './config/config.js';
import { CONFIG, ConfigModule } from './config/config.module.js';
import { attributesOf } from './config/self.js';
import { EntriesModule } from './entries/entries.module.js';
import { EventsModule } from './events/events.module.js';
import { FaultsModule } from './faults/faults.module.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { type KvResult, KvStateMachine } from './kv/kv-state-machine.js';
import { KvModule, KvStateModule } from './kv/kv.module.js';
import type { Log } from './log/log.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PeerTransport } from './peers/peer-transport.js';
import { PeersModule } from './peers/peers.module.js';
import { RaftModule } from './raft/raft.module.js';
import { SnapshotsModule } from './snapshots/snapshots.module.js';
import { storesOf } from './volume.js';

/** One member of a cluster: the Raft node, the store it replicates, and the ways to reach both. */
@Module({})
export class AppModule {
  static forRoot(config: Config, log: Log): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config, log),
        RaftModule.forRootAsync({
          imports: [KvStateModule, PeersModule],
          inject: [CONFIG, KvStateMachine, PeerTransport],
          useFactory: raftOptions,
        }),
        KvModule,
        ClusterModule,
        FaultsModule,
        EntriesModule,
        SnapshotsModule,
        EventsModule,
        GatewayModule,
        MetricsModule,
      ],
    };
  }
}

function raftOptions(
  config: Config,
  stateMachine: KvStateMachine,
  { transport }: PeerTransport,
): RaftNodeOptions<KvResult> {
  return {
    id: config.id,
    stateMachine,
    ...storesOf(config),
    transport,
    attributes: attributesOf(config),
    timing: config.timing,
    elections: { priority: config.priority },
    limits: {
      snapshotEntries: config.snapshots.everyEntries,
      trailingEntries: config.snapshots.trailingEntries,
    },
    leaseReads: config.leaseReads,
    ...(config.autopilot !== null && { autopilot: config.autopilot }),
  };
}
