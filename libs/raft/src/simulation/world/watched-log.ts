import type { LogWrite } from '../../core/effects.js';
import type { LogIndex } from '../../core/entry.js';
import type { LogStore, StoredState } from '../../storage/log-store.js';
import type { Volume } from './volume.js';

/** The product's log store, and beside it a model that is told of all that it promises. */
export class WatchedLog implements LogStore {
  private volume: Volume | null = null;

  /** @param recovered gets what was found, and gives the model of it */
  constructor(
    private readonly log: LogStore,
    private readonly recovered: (stored: StoredState) => Volume,
  ) {}

  async open(nodeId: string): Promise<StoredState> {
    const stored = await this.log.open(nodeId);
    this.volume = this.recovered(stored);
    return stored;
  }

  async adopt(clusterId: string): Promise<void> {
    this.volume?.beginAdoption(clusterId);
    await this.log.adopt(clusterId);
    this.volume?.adopted(clusterId);
  }

  async write(batch: readonly LogWrite[]): Promise<void> {
    this.volume?.beginWrite(batch);
    await this.log.write(batch);
    this.volume?.written(batch);
  }

  compact(upTo: LogIndex): Promise<void> {
    this.volume?.compacted(upTo);
    return this.log.compact(upTo);
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
