import type { Member, PlacedConfiguration } from '../../core/configuration.js';
import type { StorageFault } from '../../core/disk-progress.js';
import type { Effects } from '../../core/effects.js';
import type { LogIndex, NodeId } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { RaftCore } from '../../core/raft-core.js';
import type { SnapshotMeta } from '../../core/snapshot.js';
import type { CoreStatus } from '../../core/status.js';
import type { Core } from '../../node/driver.js';
import type { Instant } from '../oracles/subject.js';

/** A core for the driver, which shows every step to somebody before its effects are carried out. */
export class WatchedCore implements Core {
  constructor(
    private readonly core: RaftCore,
    private readonly stepped: (before: Instant, input: Input, effects: Effects) => void,
  ) {}

  step(now: number, input: Input, wall: number): Effects {
    const { role, term, commitIndex, lastIndex } = this.core;
    const effects = this.core.step(now, input, wall);
    this.stepped({ role, term, commitIndex, lastIndex }, input, effects);
    return effects;
  }

  get configuration(): PlacedConfiguration {
    return this.core.configuration;
  }

  get leader(): NodeId | null {
    return this.core.leader;
  }

  get storageFault(): StorageFault | null {
    return this.core.storageFault;
  }

  get leaving(): readonly Member[] {
    return this.core.leaving;
  }

  nextDeadline(): number {
    return this.core.nextDeadline();
  }

  snapshotMeta(index: LogIndex): SnapshotMeta {
    return this.core.snapshotMeta(index);
  }

  staleness(now: number, wall: number, appliedIndex: LogIndex): number {
    return this.core.staleness(now, wall, appliedIndex);
  }

  status(now: number): CoreStatus {
    return this.core.status(now);
  }
}
