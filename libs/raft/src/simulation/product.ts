import type { CoreOptions, Tuning } from '../core/options.js';
import type { NodeId } from '../core/entry.js';
import { RaftCore } from '../core/raft-core.js';
import { type Core, Driver, type DriverPorts } from '../node/driver.js';
import { FileLog } from '../storage/file-log.js';
import type { LogStore } from '../storage/log-store.js';
import type { SnapshotStore } from '../storage/snapshot-store.js';
import { FileSnapshots } from '../storage/snapshots/file-snapshots.js';
import type { SnapshotPlace } from '../storage/snapshots/snapshot-directory.js';
import type { VolumeParts } from '../storage/volume/volume.js';
import type { Page, Sight } from './world/ledger.js';
import { SimReplica } from './world/sim-replica.js';

/** The code under test, part by part. A planted fault stands in the place of one. */
export interface Product {
  core(options: CoreOptions): RaftCore;
  log(parts: VolumeParts): LogStore;
  snapshots(place: SnapshotPlace): SnapshotStore;
  /** @param seen is told of every state that the ledger comes to */
  replica(seen: (page: Page) => void): SimReplica;
  driver(core: Core, id: NodeId, tuning: Tuning, ports: DriverPorts<Sight>): Driver<Sight>;
}

export const product: Product = {
  core: (options) => new RaftCore(options),
  log: (parts) => new FileLog(parts),
  snapshots: (place) => new FileSnapshots(place),
  replica: (seen) => new SimReplica(seen),
  driver: (core, id, tuning, ports) => new Driver(core, id, tuning, ports),
};
