import type { LogIndex } from './entry.js';
import type { Heartbeat } from './message.js';
import type { RaftState } from './raft-state.js';
import { knownCommitted, lastQuorumProof } from './replication.js';

/** Everything that anybody had committed at `asOf`, by this node's lease clock, stands up to `commit`. */
interface Sighting {
  readonly commit: LogIndex;
  readonly asOf: number;
}

/**
 * How old a node's state is at most. Two sightings are enough: the latest, and an earlier one to wait
 * for, so that a state machine that is always a little behind is known to be only a little behind.
 */
export class Freshness {
  private awaited: Sighting | null = null;
  private latest: Sighting | null = null;
  /** The moment of the latest sighting that has been applied. */
  private reached = -Infinity;

  note(commit: LogIndex, asOf: number): void {
    this.latest = { commit, asOf };
    this.awaited ??= this.latest;
  }

  /** As of when the state is current once it has been applied up to here. */
  asOf(appliedIndex: LogIndex): number {
    while (this.awaited !== null && this.awaited.commit <= appliedIndex) {
      this.reached = Math.max(this.reached, this.awaited.asOf);
      this.awaited = this.awaited === this.latest ? null : this.latest;
    }
    return this.reached;
  }
}

/** What a heartbeat tells of it, if its echo is a word of this life of this node. */
export function noteHeartbeat(raft: RaftState, { echo, known, quorumAgeMs }: Heartbeat): void {
  if (known === 0 || echo < raft.clock.start || echo > raft.clock.time) return;
  raft.freshness.note(known, echo - quorumAgeMs);
}

/** How long ago the state that is applied up to `appliedIndex` was current, at most; Infinity where nobody can tell. */
export function staleness(raft: RaftState, appliedIndex: LogIndex): number {
  const known = knownCommitted(raft);
  if (known > 0) raft.freshness.note(known, lastQuorumProof(raft));
  return raft.clock.time - raft.freshness.asOf(appliedIndex);
}
