import type { SnapshotInfo } from '../../core/snapshot.js';
import { RaftError } from '../../errors.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import type { Caller } from '../calls/caller.js';
import type { Driver } from '../driver.js';
import type { CallOptions } from '../options.js';
import { exported } from './snapshot-stream.js';

const snapshotMs = 600_000;

export interface OwnSnapshotsPorts {
  /** undefined on a node that keeps its log whole. */
  readonly store: SnapshotStore | undefined;
  readonly driver: Pick<Driver<unknown>, 'appliedIndex' | 'failures' | 'takeSnapshot'>;
  readonly caller: Pick<Caller<never>, 'begin' | 'prepare'>;
  latest(): SnapshotInfo | null;
}

/** Snapshots of a node that somebody asks for. */
export class OwnSnapshots {
  constructor(private readonly ports: OwnSnapshotsPorts) {}

  async take(options: CallOptions): Promise<SnapshotInfo> {
    const { store, driver, caller } = this.ports;
    const terms = caller.begin({ timeoutMs: snapshotMs, ...options });
    if (store === undefined) throw noSnapshots();
    if (driver.appliedIndex === 0) throw driver.failures.refused('not-bootstrapped');
    const taken = new Promise<SnapshotInfo>((resolve, reject) => {
      driver.takeSnapshot({ done: resolve, failed: reject });
    });
    return caller.prepare(taken, terms);
  }

  async *export(options: CallOptions): AsyncGenerator<Uint8Array> {
    const snapshot = this.ports.latest() ?? (await this.take(options));
    const { store } = this.ports;
    if (store === undefined) throw noSnapshots();
    yield* exported(store, snapshot);
  }
}

function noSnapshots(): RaftError {
  const message = 'snapshots must be given to a node that is to take any.';
  return new RaftError('invalid-argument', message, { outcome: 'not-applied', retryable: false });
}
