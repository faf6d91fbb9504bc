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
}
