import type { StepDownReason } from '../../core/event.js';
import type { MessageType } from '../../core/message.js';
import type { RaftErrorCode } from '../../errors.js';
import type { TransportCounters } from '../../transport/counters.js';
import type { SnapshotAttempt } from '../event.js';
import type { Consistency } from '../options.js';
import type { HistogramData } from './histogram.js';

/** How many for each of a few names; one that never came is left out. */
export type Tally<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/**
 * What a node has done since it was opened: counters that only rise, histograms, and the length of its
 * queues now. Durations are in milliseconds.
 */
export interface RaftMetrics {
  readonly proposals: {
    /** Committed and applied here. */
    readonly accepted: number;
    /** How the others ended. */
    readonly failed: Tally<RaftErrorCode>;
    /** From `propose` to the result. */
    readonly latency: HistogramData;
  };
  readonly reads: {
    readonly served: Tally<Consistency>;
    readonly failed: Tally<RaftErrorCode>;
    /** Of those that had to wait for a proof, or for entries. */
    readonly latency: HistogramData;
  };
  readonly log: {
    readonly committed: number;
    readonly applied: number;
    /** Bytes of commands given to the state machine. */
    readonly appliedBytes: number;
    /** Durable writes, each with one sync. */
    readonly writes: number;
    readonly writtenBytes: number;
    /** From handing a batch to the disk until it was durable. */
    readonly writeDuration: HistogramData;
    /** Entries that shared one sync. */
    readonly batch: HistogramData;
  };
  readonly messages: {
    readonly sent: Tally<MessageType>;
    readonly received: Tally<MessageType>;
  };
  /** null when the transport does not count. */
  readonly transport: Readonly<TransportCounters> | null;
  readonly elections: {
    /** Campaigns for votes; pre-votes are not counted. */
    readonly started: number;
    readonly won: number;
    readonly leaderChanges: number;
    readonly stepDowns: Tally<StepDownReason>;
  };
  readonly replication: {
    /** Append requests that followers refused because their logs differed. */
    readonly rejected: number;
  };
  readonly snapshots: {
    /** Of this node's own state, durable. */
    readonly taken: number;
    readonly takeDuration: HistogramData;
    /** To followers, whole. */
    readonly sent: number;
    /** Of a leader, durable. */
    readonly installed: number;
    /** From the first piece to the last. */
    readonly installDuration: HistogramData;
    /** By what was attempted. Each is tried again. */
    readonly failed: Tally<SnapshotAttempt>;
  };
  readonly storage: {
    /** Writes that failed, each try for itself. */
    readonly failedWrites: number;
    /** Writes that took longer than `timing.stallMs`. */
    readonly stalls: number;
    /** How long those took that have ended. */
    readonly stallDuration: HistogramData;
  };
  readonly queues: {
    /** Calls that have no answer yet. */
    readonly openCalls: number;
    /** Messages that wait for the disk. */
    readonly heldMessages: number;
    /** Committed entries that wait for the state machine. */
    readonly unapplied: number;
  };
}
