import type { LogWrite } from '../../core/effects.js';
import { type Entry, entrySize } from '../../core/entry.js';
import type { CoreEvent, StepDownReason } from '../../core/event.js';
import type { MessageType } from '../../core/message.js';
import { RaftError, type RaftErrorCode } from '../../errors.js';
import type { Call } from '../calls/call.js';
import type { RunnerEvent, SnapshotAttempt } from '../event.js';
import type { Consistency } from '../options.js';
import { countBounds, durationBounds, Histogram } from './histogram.js';
import type { RaftMetrics } from './metrics.js';

type Counts<Name extends string> = Partial<Record<Name, number>>;

/** Counts what a node does while it does it: numbers that rise, and nothing computed until it is asked for. */
export class Meters {
  private readonly proposals = {
    accepted: 0,
    failed: {} as Counts<RaftErrorCode>,
    latency: new Histogram(durationBounds),
  };
  private readonly reads = {
    served: {} as Counts<Consistency>,
    failed: {} as Counts<RaftErrorCode>,
    latency: new Histogram(durationBounds),
  };
  private readonly log = {
    committed: 0,
    applied: 0,
    appliedBytes: 0,
    writes: 0,
    writtenBytes: 0,
    writeDuration: new Histogram(durationBounds),
    batch: new Histogram(countBounds),
  };
  private readonly messages = {
    sent: {} as Counts<MessageType>,
    received: {} as Counts<MessageType>,
  };
  private readonly elections = {
    started: 0,
    won: 0,
    leaderChanges: 0,
    stepDowns: {} as Counts<StepDownReason>,
  };
  private readonly replication = { rejected: 0 };
  private readonly snapshots = {
    taken: 0,
    takeDuration: new Histogram(durationBounds),
    sent: 0,
    installed: 0,
    installDuration: new Histogram(durationBounds),
    failed: {} as Counts<SnapshotAttempt>,
  };
  private installingSince = 0;
  private readonly storage = {
    failedWrites: 0,
    stalls: 0,
    stallDuration: new Histogram(durationBounds),
  };

  // --- calls -----------------------------------------------------------------------------------------

  /** A call that had to wait has its answer. */
  succeeded(call: Call<unknown>, now: number): void {
    const latency = now - (call.deadline - call.timeoutMs);
    if (call.kind === 'proposal') {
      this.proposals.accepted++;
      this.proposals.latency.observe(latency);
    } else if (call.kind === 'read') {
      this.served('linearizable');
      this.reads.latency.observe(latency);
    }
  }

  failed(call: Call<unknown>, error: unknown): void {
    if (call.kind === 'single' || !(error instanceof RaftError)) return;
    count(call.kind === 'proposal' ? this.proposals.failed : this.reads.failed, error.code);
  }

  served(consistency: Consistency): void {
    count(this.reads.served, consistency);
  }

  // --- the log and the network -------------------------------------------------------------------------

  committed(entries: readonly Entry[]): void {
    this.log.committed += entries.length;
  }

  applied(entry: Entry): void {
    this.log.applied++;
    if (entry.type === 'command') this.log.appliedBytes += entry.data.length;
  }

  /** A batch became durable, with one sync. */
  written(batch: readonly LogWrite[], durationMs: number): void {
    const { log } = this;
    let entries = 0;
    for (const write of batch) {
      entries += write.entries.length;
      for (const entry of write.entries) log.writtenBytes += entrySize(entry);
    }
    log.writes++;
    log.writeDuration.observe(durationMs);
    log.batch.observe(entries);
  }

  sent(type: MessageType): void {
    count(this.messages.sent, type);
  }

  received(type: MessageType): void {
    count(this.messages.received, type);
  }

  // --- the rest is told as events ----------------------------------------------------------------------

  event(event: CoreEvent | RunnerEvent, now: number): void {
    switch (event.type) {
      case 'election-started':
        if (!event.preVote) this.elections.started++;
        return;
      case 'election-won':
        this.elections.won++;
        return;
      case 'leader-changed':
        if (event.leader !== null) this.elections.leaderChanges++;
        return;
      case 'stepped-down':
        count(this.elections.stepDowns, event.reason);
        return;
      case 'append-rejected':
        this.replication.rejected++;
        return;
      case 'snapshot-taken':
        this.snapshots.taken++;
        this.snapshots.takeDuration.observe(event.durationMs);
        return;
      case 'snapshot-sent':
        this.snapshots.sent++;
        return;
      case 'snapshot-receiving':
        this.installingSince = now;
        return;
      case 'snapshot-installed':
        this.snapshots.installed++;
        this.snapshots.installDuration.observe(now - this.installingSince);
        return;
      case 'snapshot-failed':
        count(this.snapshots.failed, event.attempt);
        return;
      case 'write-failed':
        this.storage.failedWrites++;
        return;
      case 'disk-stalled':
        this.storage.stalls++;
        return;
      case 'disk-recovered':
        this.storage.stallDuration.observe(event.ms);
        return;
      default:
        return;
    }
  }

  read(queues: RaftMetrics['queues']): Omit<RaftMetrics, 'transport'> {
    const { proposals, reads, log, messages, elections, replication, snapshots, storage } = this;
    return {
      proposals: {
        ...proposals,
        failed: { ...proposals.failed },
        latency: proposals.latency.read(),
      },
      reads: {
        served: { ...reads.served },
        failed: { ...reads.failed },
        latency: reads.latency.read(),
      },
      log: { ...log, writeDuration: log.writeDuration.read(), batch: log.batch.read() },
      messages: { sent: { ...messages.sent }, received: { ...messages.received } },
      elections: { ...elections, stepDowns: { ...elections.stepDowns } },
      replication: { ...replication },
      snapshots: {
        ...snapshots,
        takeDuration: snapshots.takeDuration.read(),
        installDuration: snapshots.installDuration.read(),
        failed: { ...snapshots.failed },
      },
      storage: { ...storage, stallDuration: storage.stallDuration.read() },
      queues,
    };
  }
}

function count<Name extends string>(counts: Counts<Name>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
