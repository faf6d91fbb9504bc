import { randomUUID } from 'node:crypto';
import type { LogWrite } from '../core/effects.js';
import type { LogIndex } from '../core/entry.js';
import { StorageError } from '../errors.js';
import { adopted, checkOwner } from './volume/identity.js';
import { LogImage } from './log-image.js';
import { summaryAfter } from './log-summary.js';
import type { LogStore, StoredState, VolumeIdentity } from './log-store.js';

const place = 'the log in memory';

/** What a log in memory is called. */
export interface MemoryLogOptions {
  /** Names the new volume. Default a random UUID; a simulation passes its own. */
  readonly newIncarnation?: () => string;
}

/**
 * A log store in memory, for tests, examples and simulations. What was written to the object is there
 * when it is opened again, as on a disk; nothing outlives the process.
 */
export function memoryLog(options: MemoryLogOptions = {}): LogStore {
  return new MemoryLog(options.newIncarnation ?? randomUUID);
}

class MemoryLog implements LogStore {
  private readonly newIncarnation: () => string;
  private readonly image = new LogImage();
  private identity: VolumeIdentity | null = null;
  private isOpen = false;

  constructor(newIncarnation: () => string) {
    this.newIncarnation = newIncarnation;
  }

  open(nodeId: string): Promise<StoredState> {
    return settle(() => {
      if (this.isOpen) throw new StorageError('in-use', `${place} is open already: close it first`);
      const fresh = () => ({ nodeId, incarnation: this.newIncarnation(), clusterId: null });
      const identity = this.identity ?? fresh();
      checkOwner(identity, nodeId, place);
      this.identity = identity;
      this.isOpen = true;
      const { hardState, base, commitIndex, entries } = this.image;
      return { identity, hardState, base, commitIndex, entries: [...entries] };
    });
  }

  adopt(clusterId: string): Promise<void> {
    return settle(() => {
      this.identity = adopted(this.opened(), clusterId, place);
    });
  }

  write(batch: readonly LogWrite[]): Promise<void> {
    return settle(() => {
      this.opened();
      summaryAfter(this.image.summary, batch);
      this.image.apply(batch);
    });
  }

  compact(upTo: LogIndex): Promise<void> {
    return settle(() => {
      this.opened();
      this.image.compact(upTo);
    });
  }

  close(): Promise<void> {
    this.isOpen = false;
    return Promise.resolve();
  }

  private opened(): VolumeIdentity {
    if (!this.isOpen || this.identity === null) {
      throw new StorageError('failed', `${place} is not open`);
    }
    return this.identity;
  }
}

/** Does it now, and answers as a disk does: later, or with a rejection. */
function settle<T>(act: () => T): Promise<T> {
  return new Promise((resolve) => resolve(act()));
}
