import type { LogWrite } from '../../core/effects.js';
import { StallWatch, type StallWatchPorts } from './stall-watch.js';

const firstRetryMs = 100;
const lastRetryMs = 1000;

export interface LogWriterPorts extends StallWatchPorts {
  /** Calls `done` once, later, with null or with what went wrong. */
  write(batch: readonly LogWrite[], done: (error: unknown) => void): void;
  /** The batch is on the disk, which took so long. */
  written(batch: readonly LogWrite[], durationMs: number): void;
  /** Everything up to this write is durable. */
  durable(write: number): void;
  /** Nothing of the batch that ends with this write counts yet. */
  failed(write: number, error: unknown): void;
}

/**
 * Brings the core's writes to the disk in their order, one batch at a time: what comes in while one
 * is on its way goes together as the next, so many proposals share one sync. A batch that fails is
 * tried again until it succeeds, because the core has acted on it already.
 */
export class LogWriter {
  private readonly ports: LogWriterPorts;
  private readonly watch: StallWatch;
  private queue: LogWrite[] = [];
  private batch: readonly LogWrite[] = [];
  private attemptedAt = 0;
  private retryMs = firstRetryMs;
  private cancelRetry: (() => void) | null = null;
  private stopped = false;

  constructor(ports: LogWriterPorts) {
    this.ports = ports;
    this.watch = new StallWatch(ports);
  }

  append(write: LogWrite): void {
    this.queue.push(write);
    if (this.batch.length === 0) this.startBatch();
  }

  /** The time that a write may take is another. */
  stallMsChanged(): void {
    this.watch.changed();
  }

  /** Starts no further write. One that is on its way may still become durable, untold. */
  stop(): void {
    this.stopped = true;
    this.cancelRetry?.();
    this.watch.stop();
  }

  private startBatch(): void {
    this.batch = this.queue;
    this.queue = [];
    this.attempt();
  }

  private attempt(): void {
    this.cancelRetry = null;
    this.attemptedAt = this.ports.now();
    this.watch.began();
    this.ports.write(this.batch, (error) => {
      if (this.stopped) return;
      this.watch.ended();
      if (error === null) this.succeeded();
      else this.failed(error);
    });
  }

  private succeeded(): void {
    const last = lastId(this.batch);
    this.ports.written(this.batch, this.ports.now() - this.attemptedAt);
    this.batch = [];
    this.retryMs = firstRetryMs;
    // The disk gets its next work before anything is computed from the last.
    if (this.queue.length > 0) this.startBatch();
    this.ports.durable(last);
  }

  private failed(error: unknown): void {
    this.cancelRetry = this.ports.setTimer(this.retryMs, () => this.attempt());
    this.retryMs = Math.min(this.retryMs * 2, lastRetryMs);
    this.ports.failed(lastId(this.batch), error);
  }
}

function lastId(batch: readonly LogWrite[]): number {
  return batch.at(-1)?.id ?? 0;
}
