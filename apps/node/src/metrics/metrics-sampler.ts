import type { MetricsSample } from '@quorate/contract';
import type { RaftMetrics, Tally } from '@quorate/raft';
import { difference, quantiles } from './histogram-difference.js';
import { ProcessMeter } from './process-meter.js';

const EVERY_MS = 1000;

/** Tells every second what the node did in it. Made when somebody begins to watch. */
export class MetricsSampler {
  readonly #process = new ProcessMeter();
  #before: RaftMetrics;
  #at: number;

  constructor(
    private readonly run: string,
    private readonly read: () => RaftMetrics,
    now: number,
  ) {
    this.#before = read();
    this.#at = now;
  }

  /** The sample that is due at `now` (milliseconds, monotonic), or null. */
  next(now: number): MetricsSample | null {
    const overMs = now - this.#at;
    if (overMs < EVERY_MS) return null;
    const [before, after] = [this.#before, this.read()];
    this.#before = after;
    this.#at = now;
    return {
      run: this.run,
      at: now,
      time: Date.now(),
      overMs,
      ...changes(before, after, overMs / 1000),
      queues: { ...after.queues },
      elections: {
        started: after.elections.started,
        won: after.elections.won,
        leaderChanges: after.elections.leaderChanges,
      },
      process: this.#process.read(overMs),
    };
  }

  stop(): void {
    this.#process.stop();
  }
}

type Changes = Pick<MetricsSample, 'writes' | 'reads' | 'log' | 'sent' | 'received'>;

function changes(before: RaftMetrics, after: RaftMetrics, seconds: number): Changes {
  const rate = (now: number, then: number) => (now - then) / seconds;
  const rates = (now: Tally<string>, then: Tally<string>) => {
    return Object.fromEntries(
      Object.entries(now).map(([name, count = 0]) => [name, rate(count, then[name] ?? 0)]),
    );
  };
  const batch = difference(after.log.batch, before.log.batch);
  return {
    writes: {
      rate: rate(after.proposals.accepted, before.proposals.accepted),
      failed: rate(total(after.proposals.failed), total(before.proposals.failed)),
      latency: quantiles(difference(after.proposals.latency, before.proposals.latency)),
    },
    reads: {
      rate: rate(total(after.reads.served), total(before.reads.served)),
      failed: rate(total(after.reads.failed), total(before.reads.failed)),
      latency: quantiles(difference(after.reads.latency, before.reads.latency)),
    },
    log: {
      committed: rate(after.log.committed, before.log.committed),
      applied: rate(after.log.applied, before.log.applied),
      syncs: rate(after.log.writes, before.log.writes),
      sync: quantiles(difference(after.log.writeDuration, before.log.writeDuration)),
      batch: batch.count === 0 ? null : batch.sum / batch.count,
      writtenBytes: rate(after.log.writtenBytes, before.log.writtenBytes),
    },
    sent: rates(after.messages.sent, before.messages.sent),
    received: rates(after.messages.received, before.messages.received),
  };
}

function total(tally: Tally<string>): number {
  return Object.values(tally).reduce<number>((sum, count = 0) => sum + count, 0);
}
