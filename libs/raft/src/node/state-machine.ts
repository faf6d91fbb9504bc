import type { LogIndex, Term } from '../core/entry.js';

/** A committed command, in the order of the log. */
export interface Command {
  readonly index: LogIndex;
  readonly term: Term;
  readonly data: Uint8Array;
}

/**
 * What the cluster replicates. Every node applies the same commands in the same order, so `apply`
 * must depend on nothing but the state and the command: no clock, no randomness, no I/O (paper §2).
 */
export interface StateMachine<Result> {
  /**
   * Applies one command and returns what its proposer gets. A command that cannot be applied is a
   * result too: a throw here stops the node, because its state can no longer be trusted.
   */
  apply(command: Command): Result;

  /**
   * The state as it is now, as chunks that are asked for one at a time, between other work: what
   * `apply` changes meanwhile must not show in them. Chunks of some 64 KiB are good; a node makes one
   * snapshot at a time, and calls the iterator's `return` when it has done with it. Without this
   * method the log is kept whole.
   */
  snapshot?(): Iterable<Uint8Array>;

  /** Begins to replace the state by that of a snapshot, which another node may have made. */
  restore?(): Restoration;
}

/** Takes the chunks of a snapshot in their order. What it throws stops the node. */
export interface Restoration {
  /** The next chunk. */
  write(chunk: Uint8Array): void;
  /** Everything is there: from here on the state is the snapshot's. Until here it was the old one. */
  finish(): void;
}
