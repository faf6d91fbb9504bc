import { decodeConfiguration } from '../../core/configuration.js';
import type { Entry, LogIndex, Term } from '../../core/entry.js';
import type { Applied } from '../sessions/applied.js';
import type { Proposed, Write } from './call.js';

/** Stands for the term of an entry that was committed so long ago that the leader's log holds it no more. */
const compacted: Term = 0;

function compactedAt(index: LogIndex): Proposed<undefined> {
  return { index, term: compacted, result: undefined };
}

interface Wait<Result> {
  readonly write: Write<Result>;
  readonly term: Term;
  /** Another that waits for the same index: two leaders may have given it out. */
  readonly next: Wait<Result> | undefined;
}

/** An applied entry: where it stood, and what became of what it holds. */
interface Past<Result> {
  readonly index: LogIndex;
  readonly term: Term;
  readonly applied: Applied<Result>;
}

export interface PlacedWritesPorts<Result> {
  applied(write: Write<Result>, applied: Applied<Result>): void;
  /** An entry of another term was applied at its place. */
  replaced(write: Write<Result>): void;
  /** Its place was passed so long ago that nothing is kept of it. */
  missed(write: Write<Result>): void;
  /** The state of a snapshot took the place of the entry: nobody knows any more what it was. */
  covered(write: Write<Result>): void;
}

/**
 * Writes whose place in the log is known. A write is committed if and only if an entry of its term is
 * applied at its index (Log Matching, paper §5.3), so this node's own log settles it, whoever leads.
 */
export class PlacedWrites<Result> {
  private readonly waits = new Map<LogIndex, Wait<Result>>();
  /** Lately applied entries, by index, for a place that is told only after it was passed. */
  private readonly recent = new Map<LogIndex, Past<Result>>();
  private lastConfiguration: Past<Result> | null = null;
  /** Changes whose joint configuration is committed: they wait for the one that ends it (thesis §4.3). */
  private joint: Write<Result>[] = [];
  /** The latest joint configuration that was applied. */
  private lastJoint: LogIndex = 0;
  private appliedIndex: LogIndex = 0;

  constructor(
    private readonly maxRecent: () => number,
    private readonly ports: PlacedWritesPorts<Result>,
  ) {}

  place(write: Write<Result>, index: LogIndex, term: Term): void {
    if (index > this.appliedIndex) {
      this.waits.set(index, { write, term, next: this.waits.get(index) });
      return;
    }
    if (term === compacted) {
      this.ports.applied(write, compactedAt(index));
      return;
    }
    const past =
      this.lastConfiguration?.index === index ? this.lastConfiguration : this.recent.get(index);
    if (past === undefined) this.ports.missed(write);
    else this.settle(write, term, past);
  }

  /** @param keep whether a place may still be told that was passed already */
  applied(entry: Entry, applied: Applied<Result>, keep: boolean): void {
    const { index, term } = entry;
    this.appliedIndex = index;
    const wait = this.waits.get(index);
    if (wait === undefined && !keep && entry.type !== 'configuration') return;
    const past = { index, term, applied };
    if (entry.type === 'configuration') this.configured(entry, past);
    if (keep) this.remember(past);
    if (wait === undefined) return;
    this.waits.delete(index);
    for (let each: Wait<Result> | undefined = wait; each !== undefined; each = each.next) {
      this.settle(each.write, each.term, past);
    }
  }

  /** A snapshot stands for everything up to `index`. */
  restored(index: LogIndex): void {
    this.appliedIndex = index;
    this.recent.clear();
    this.lastConfiguration = null;
    for (const write of this.joint) this.ports.covered(write);
    this.joint = [];
    for (const [at, wait] of this.waits) {
      if (at > index) continue;
      this.waits.delete(at);
      for (let each: Wait<Result> | undefined = wait; each !== undefined; each = each.next) {
        if (each.term === compacted) this.ports.applied(each.write, compactedAt(at));
        else this.ports.covered(each.write);
      }
    }
  }

  /** Lets go of writes whose callers have gone, and of what was kept for late places. */
  tidy(keep: boolean): void {
    if (!keep) this.recent.clear();
    this.joint = this.joint.filter(({ open }) => open);
    for (const [index, wait] of this.waits) {
      if (!wait.write.open && wait.next === undefined) this.waits.delete(index);
    }
  }

  private settle(write: Write<Result>, term: Term, past: Past<Result>): void {
    if (past.term !== term && term !== compacted) this.ports.replaced(write);
    else if (past.index === this.lastJoint) this.awaitFinal(write);
    else this.ports.applied(write, past.applied);
  }

  /** A committed joint configuration is always followed by its final one, whoever leads. */
  private awaitFinal(write: Write<Result>): void {
    const { lastConfiguration: last, lastJoint } = this;
    if (last === null || last.index === lastJoint) this.joint.push(write);
    else this.ports.applied(write, last.applied);
  }

  private configured({ index, data }: Entry, past: Past<Result>): void {
    this.lastConfiguration = past;
    if (decodeConfiguration(data).outgoing !== null) this.lastJoint = index;
    for (const write of this.joint) this.ports.applied(write, past.applied);
    this.joint = [];
  }

  private remember(past: Past<Result>): void {
    this.recent.set(past.index, past);
    if (this.recent.size <= this.maxRecent()) return;
    for (const oldest of this.recent.keys()) {
      this.recent.delete(oldest);
      return;
    }
  }
}
