import type { Entry, LogIndex, NodeId } from '../../core/entry.js';
import type { Outcome } from '../../errors.js';
import type { ReadNeeds } from '../../node/calls/call.js';
import { Replica } from '../../node/sessions/replica.js';
import type { Command } from '../../node/state-machine.js';
import type { Journal } from '../journal.js';
import { checkHistory } from '../linearizability/check.js';
import {
  type Action,
  describeAction,
  describeOperation,
  type Operation,
  type Value,
} from '../linearizability/operation.js';
import { decodeCommand, encodeCommand, type KeyCommand } from '../world/command.js';
import { Ledger, type Page, type Sight } from '../world/ledger.js';
import { rules } from './rules.js';

/** Of a history that cannot be, so many of its latest calls are told. */
const witnessLines = 12;

/** A client's write or read, from its start on. */
interface Began {
  readonly key: number;
  /** Place of its beginning in the run's history of calls. */
  readonly begun: number;
  /** The furthest place in the log at which a call had taken effect before this one began. */
  readonly floor: LogIndex;
}

export interface BegunRead extends Began {
  readonly needs: ReadNeeds;
}

export interface BegunWrite extends Began {
  readonly id: number;
  readonly action: KeyCommand['action'];
  /** What goes into the log. */
  readonly data: Uint8Array;
}

/** What a client wants to write; the value, which no other write has, is given to it. */
export interface Wish {
  readonly key: number;
  readonly type: KeyCommand['action']['type'];
  /** Size of the command. */
  readonly bytes: number;
}

interface Known {
  outcome: Outcome | null;
  index: LogIndex | null;
}

/** How much longer a bound may be than it says: it is measured by clocks that may be slow. */
const clockGrace = 1.1;

/**
 * What clients saw, against what was committed, in two ways. Every call takes effect at one place of
 * the log: a write where it stands, a read behind the last command that it saw; so calls are
 * linearizable exactly if none takes effect before one that had ended when it began. And without a
 * look at any log, at the end, a checker judges the answers alone.
 */
export class History {
  private readonly writes: Known[] = [];
  /** Every call, but for the writes that are known not to have happened. */
  private readonly operations = new Map<number, Operation>();
  /** The state after each committed command, and only those. */
  private readonly pages = new Map<LogIndex, number>([[0, 0]]);
  /** When each command was committed, in their order. */
  private readonly commits: { readonly index: LogIndex; readonly at: number }[] = [];
  private readonly ledger = new Ledger();
  /** What the committed log makes of sessions, once for all nodes. */
  private readonly replica = new Replica<Sight>({
    stateMachine: { apply: (command) => this.commandApplied(command) },
    tell: () => undefined,
  });
  private readonly lastSeen = new Map<number, Value>();
  private latest: LogIndex = 0;
  private moments = 0;

  constructor(private readonly journal: Journal) {}

  // --- the cluster's side --------------------------------------------------------------------------

  committed(entries: readonly Entry[]): void {
    for (const entry of entries) this.replica.apply(entry);
  }

  applied(id: NodeId, page: Page): void {
    if (this.pages.get(page.index) === page.digest) return;
    const detail = `${id} has another state behind entry ${page.index} than the committed log makes`;
    this.journal.violate(rules.appliedInOrder, detail);
  }

  /** The committed log has come to a command, or for one of a session to its first copy. */
  private commandApplied(command: Command): Sight {
    const { index, data } = command;
    const sight = this.ledger.apply(command);
    this.pages.set(index, sight.page.digest);
    this.commits.push({ index, at: this.journal.now });
    const { id } = decodeCommand(data);
    const write = this.writes[id];
    if (write === undefined) return sight;
    if (write.index !== null) {
      const detail = `write ${id} is applied at ${write.index} and at ${index}`;
      this.journal.violate(rules.appliedOnce, detail);
    }
    write.index = index;
    if (write.outcome === 'not-applied') this.brokenPromise(id, index);
    return sight;
  }

  // --- the clients' side ---------------------------------------------------------------------------

  beginWrite({ key, type, bytes }: Wish): BegunWrite {
    const id = this.writes.push({ outcome: null, index: null }) - 1;
    const action = this.actionFor(id, key, type);
    const began = this.begin(key, action);
    return { ...began, id, action, data: encodeCommand({ id, key, action }, bytes) };
  }

  beginRead(key: number, needs: ReadNeeds): BegunRead {
    return { ...this.begin(key, { type: 'get' }), needs };
  }

  acknowledged(write: BegunWrite, index: LogIndex, sight: Sight): void {
    const { id, floor } = write;
    this.journal.counts.writesAcknowledged++;
    const committedAt = this.writes[id]?.index ?? null;
    if (committedAt !== index || this.pages.get(index) !== sight.page.digest) {
      const where = committedAt === null ? 'nowhere' : `at ${committedAt}`;
      const detail = `write ${id} is acknowledged at ${index} and committed ${where}, or its result is not its own`;
      this.journal.violate(rules.acknowledged, detail);
    }
    if (index <= floor) {
      const detail = `write ${id} stands at ${index}, and a call that had ended before it began saw ${floor}`;
      this.journal.violate(rules.linearizable, detail);
    }
    this.end(write, index, sight.seen);
    this.lastSeen.set(write.key, 'value' in write.action ? write.action.value : null);
  }

  writeFailed({ id, begun }: BegunWrite, outcome: Outcome): void {
    const { counts } = this.journal;
    if (outcome === 'unknown') counts.writesUnknown++;
    else {
      counts.writesRefused++;
      this.operations.delete(begun);
    }
    const write = this.writes[id];
    if (write === undefined) return;
    write.outcome = outcome;
    if (outcome === 'not-applied' && write.index !== null) this.brokenPromise(id, write.index);
  }

  answered(read: BegunRead, id: NodeId, { page: { index, digest }, seen }: Sight): void {
    const { floor, needs } = read;
    const { consistency, minIndex } = needs;
    const isStrong = consistency === 'linearizable' || consistency === 'lease';
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
    if (isStrong && index < floor) {
      const detail = `a ${consistency} read at ${id} saw the state behind entry ${index}; a call that had ended before it began had seen ${floor}`;
      this.journal.violate(rules.linearizable, detail);
    }
    if (isStrong) this.end(read, index, seen);
    else this.operations.delete(read.begun);
    this.lastSeen.set(read.key, seen);
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

  /** At the end of the run: were the answers, by themselves, possible? */
  judge(): void {
    const { journal } = this;
    const judgement = checkHistory([...this.operations.values()]);
    if (judgement.verdict === 'undetermined') journal.counts.historiesUndetermined++;
    if (judgement.verdict !== 'violated') return;
    const { key, witness } = judgement;
    journal.tell('ORACLE', () => witness.slice(-witnessLines).map(describeOperation).join('; '));
    const last = witness.reduce((a, b) => ((a.ended ?? 0) > (b.ended ?? 0) ? a : b));
    const detail = `no order explains the answers on key ${key}; the last is that of: ${describeAction(last.action)}`;
    journal.violate(rules.linearizable, detail);
  }

  private actionFor(id: number, key: number, type: Wish['type']): KeyCommand['action'] {
    if (type === 'compare-and-set') {
      return { type, expected: this.lastSeen.get(key) ?? null, value: id };
    }
    return type === 'set' ? { type, value: id } : { type };
  }

  private begin(key: number, action: Action): Began {
    const begun = ++this.moments;
    this.operations.set(begun, { key, action, begun, ended: null, seen: undefined });
    return { key, begun, floor: this.latest };
  }

  private end({ begun }: Began, index: LogIndex, seen: Value): void {
    const operation = this.operations.get(begun);
    if (operation === undefined) return;
    this.operations.set(begun, { ...operation, ended: ++this.moments, seen });
    this.latest = Math.max(this.latest, index);
  }

  private brokenPromise(id: number, index: LogIndex): void {
    const detail = `write ${id} was called "not-applied" and stands at ${index}`;
    this.journal.violate(rules.notApplied, detail);
  }
}
