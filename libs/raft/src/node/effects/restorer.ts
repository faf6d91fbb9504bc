import type { SnapshotInfo } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import type { Restoration } from '../state-machine.js';
import type { SnapshotIo } from './snapshot-io.js';

const retryMs = 1000;

export interface RestorerPorts {
  setTimer(delayMs: number, fire: () => void): () => void;
  soon(fire: () => void): void;
  restored(snapshot: SnapshotInfo): void;
  /** The snapshot could not be read; it is tried again. */
  failed(error: unknown): void;
  /** There is no way to go on. */
  broken(cause: unknown): void;
}

/**
 * Brings the state machine to a snapshot, chunk by chunk between other work. A disk that fails is
 * asked again, since nothing else can bring the state back; damage and a state machine that throws
 * end the node.
 */
export class Restorer {
  /** Names the latest attempt: what comes from an earlier one is not wanted any more. */
  private attempt = 0;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly io: Pick<SnapshotIo, 'load' | 'replace'>,
    private readonly ports: RestorerPorts,
  ) {}

  get isBusy(): boolean {
    return this.cancel !== null;
  }

  /** A restoration that is under way gives way. */
  restore(snapshot: SnapshotInfo): void {
    this.stop();
    const attempt = ++this.attempt;
    const source = this.io.load(snapshot);
    this.cancel = () => source.cancel();
    let state: Restoration;
    try {
      state = this.io.replace();
    } catch (cause) {
      this.broken(cause);
      return;
    }
    const isWanted = () => attempt === this.attempt;
    const next = () => {
      if (!isWanted()) return;
      source.next({
        done: (chunk) => {
          if (!isWanted() || !this.put(state, chunk)) return;
          if (chunk === null) this.finished(snapshot);
          else this.ports.soon(next);
        },
        failed: (error) => {
          if (isWanted()) this.failed(snapshot, error);
        },
      });
    };
    next();
  }

  stop(): void {
    this.attempt++;
    this.cancel?.();
    this.cancel = null;
  }

  /** Whether the state machine took the chunk, or the end. */
  private put(state: Restoration, chunk: Uint8Array | null): boolean {
    try {
      if (chunk === null) state.finish();
      else state.write(chunk);
      return true;
    } catch (cause) {
      this.broken(cause);
      return false;
    }
  }

  private finished(snapshot: SnapshotInfo): void {
    this.cancel = null;
    this.ports.restored(snapshot);
  }

  private failed(snapshot: SnapshotInfo, error: unknown): void {
    if (error instanceof StorageError && error.code === 'corrupt') {
      this.broken(error);
      return;
    }
    this.cancel = this.ports.setTimer(retryMs, () => this.restore(snapshot));
    this.ports.failed(error);
  }

  private broken(cause: unknown): void {
    this.stop();
    this.ports.broken(cause);
  }
}
