import type { Entry, LogIndex, NodeId } from '../../core/entry.js';
import type { Outcome } from '../../errors.js';
import type { ReadNeeds } from '../../node/calls/call.js';
import type { Journal } from '../journal.js';
import { Ledger, type Page } from '../world/ledger.js';
import { rules } from './rules.js';

/** A client's write or read, from its start on. */
export interface Operation {
  /** The furthest place at which a call had taken effect before this one began. */
  readonly floor: LogIndex;
}

export interface ReadOperation extends Operation {
  readonly needs: ReadNeeds;
}

export interface WriteOperation extends Operation {
  readonly id: number;
  readonly command: Uint8Array;
}

const idBytes = 4;
/** How much longer a bound may be than it says: it is measured by clocks that may be slow. */
const clockGrace = 1.1;

/**
 * What clients saw, against what was committed. Every call takes effect at one place of the log: a
 * write where it stands, a read behind the last command that it saw. Calls are linearizable exactly
 * if none takes effect before one that had ended when it began.
 */
export class History {
  private readonly writes: { outcome: Outcome | null; index: LogIndex | null }[] = [];
  /** The state after each committed command, and only those. */
  private readonly pages = new Map<LogIndex, number>([[0, 0]]);
  /** When each command was committed, in their order. */
  private readonly commits: { readonly index: LogIndex; readonly at: number }[] = [];
  private readonly ledger = new Ledger();
  private latest: LogIndex = 0;

  constructor(private readonly journal: Journal) {}

  // --- the cluster's side --------------------------------------------------------------------------

  committed(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.type !== 'command') continue;
      this.pages.set(entry.index, this.ledger.apply(entry));
      this.commits.push({ index: entry.index, at: this.journal.now });
      this.commandCommitted(entry);
    }
  }

  applied(id: NodeId, page: Page): void {
    if (this.pages.get(page.index) === page.digest) return;
    const detail = `${id} has another state behind entry ${page.index} than the committed log makes`;
    this.journal.violate(rules.appliedInOrder, detail);
  }

  private commandCommitted({ index, data }: Entry): void {
    const id = Buffer.from(data.buffer, data.byteOffset, idBytes).readUInt32LE();
    const write = this.writes[id];
    if (write === undefined) return;
    if (write.index !== null) {
      const detail = `write ${id} is committed at ${write.index} and at ${index}`;
      this.journal.violate(rules.appliedOnce, detail);
    }
    write.index = index;
    if (write.outcome === 'not-applied') this.brokenPromise(id, index);
  }

  // --- the clients' side ---------------------------------------------------------------------------

  /** @param bytes size of the command */
  beginWrite(bytes: number): WriteOperation {
    const id = this.writes.push({ outcome: null, index: null }) - 1;
    const command = Buffer.alloc(Math.max(idBytes, bytes));
    command.writeUInt32LE(id);
    return { id, command, floor: this.latest };
  }

  beginRead(needs: ReadNeeds): ReadOperation {
    return { floor: this.latest, needs };
  }

  acknowledged({ id, floor }: WriteOperation, index: LogIndex, digest: number): void {
    this.journal.counts.writesAcknowledged++;
    const committedAt = this.writes[id]?.index ?? null;
    if (committedAt !== index || this.pages.get(index) !== digest) {
      const where = committedAt === null ? 'nowhere' : `at ${committedAt}`;
      const detail = `write ${id} is acknowledged at ${index} and committed ${where}, or its result is not its own`;
      this.journal.violate(rules.acknowledged, detail);
    }
    if (index <= floor) {
      const detail = `write ${id} stands at ${index}, and a call that had ended before it began saw ${floor}`;
      this.journal.violate(rules.linearizable, detail);
    }
    this.latest = Math.max(this.latest, index);
  }

  writeFailed({ id }: WriteOperation, outcome: Outcome): void {
    const { counts } = this.journal;
    if (outcome === 'unknown') counts.writesUnknown++;
    else counts.writesRefused++;
    const write = this.writes[id];
    if (write === undefined) return;
    write.outcome = outcome;
    if (outcome === 'not-applied' && write.index !== null) this.brokenPromise(id, write.index);
  }

  answered({ floor, needs }: ReadOperation, id: NodeId, { index, digest }: Page): void {
    const { consistency, minIndex } = needs;
    this.journal.counts.readsAnswered++;
    if (this.pages.get(index) !== digest) {
      const detail = `a read at ${id} saw a state behind entry ${index} that never was`;
      this.journal.violate(rules.linearizable, detail);
    }
    if (index < minIndex) {
      const detail = `a read at ${id} that asked for entry ${minIndex} saw the state behind ${index}`;
      this.journal.violate(rules.readsFromIndex, detail);
    }
    if (consistency === 'bounded') this.isFresh(needs, id, index);
    if (index < floor && (consistency === 'linearizable' || consistency === 'lease')) {
      const detail = `a ${consistency} read at ${id} saw the state behind entry ${index}; a call that had ended before it began had seen ${floor}`;
      this.journal.violate(rules.linearizable, detail);
    }
    this.latest = Math.max(this.latest, index);
  }

  private isFresh({ maxStaleMs }: ReadNeeds, id: NodeId, index: LogIndex): void {
    const { now } = this.journal;
    const old = this.commits.findLast(({ at }) => at < now - maxStaleMs * clockGrace);
    if (old === undefined || old.index <= index) return;
    const age = (now - old.at).toFixed(1);
    const detail = `a read at ${id} that may be ${maxStaleMs} ms stale saw the state behind entry ${index}; ${old.index} was committed ${age} ms ago`;
    this.journal.violate(rules.boundedStaleness, detail);
  }

  readFailed(): void {
    this.journal.counts.readsFailed++;
  }

  private brokenPromise(id: number, index: LogIndex): void {
    const detail = `write ${id} was called "not-applied" and stands at ${index}`;
    this.journal.violate(rules.notApplied, detail);
  }
}
