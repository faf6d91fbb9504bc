import {
  type Call,
  type CallTerms,
  type Order,
  type Placed,
  Proposal,
  type Proposed,
  Read,
  type ReadNeeds,
  Single,
} from '../../node/calls/call.js';
import type { LogIndex } from '../../core/entry.js';
import { RaftError } from '../../errors.js';
import { encodeSessionEntry, type SessionEntry } from '../../node/sessions/session-entry.js';
import type { Journal } from '../journal.js';
import { describeAction, describeValue } from '../linearizability/operation.js';
import type { History, Wish } from '../oracles/history.js';
import { rules } from '../oracles/rules.js';
import type { Timeline } from '../time/timeline.js';
import type { Sight } from '../world/ledger.js';
import type { Process } from '../world/process.js';

/** How late a call may settle: deadlines are looked at every 50 ms. */
const graceMs = 60;
/** Time moves on from one look at a clock to the next, however little of it is left. */
const betweenLooksMs = 1;

export interface CallerOptions {
  readonly timeoutMs: number;
  readonly forward: boolean;
}

/** What a client wants to read, and how. */
export interface Look {
  readonly key: number;
  readonly needs: ReadNeeds;
}

/** What becomes of a call: what is told of it, and who has to know. */
interface Ends<T> {
  readonly told: (value: T) => string;
  readonly resolve: (value: T) => void;
  readonly reject: (error: RaftError) => void;
}

/** Whether a call has done what it was to do. */
type Ended = (succeeded: boolean) => void;

/**
 * Hands calls to a process and reports their ends to the history. A call that has no answer in time
 * although its process lives is a violation.
 */
export class Caller {
  constructor(
    private readonly timeline: Timeline,
    private readonly journal: Journal,
    private readonly history: History,
  ) {}

  write(
    process: Process,
    options: CallerOptions,
    wish: Wish,
    ended: Ended,
    placed: (index: LogIndex) => void = () => undefined,
  ): void {
    const write = this.history.beginWrite(wish);
    const name = `write ${write.id} (key ${write.key}: ${describeAction(write.action)})`;
    const settle = this.settle<Proposed<Sight>>(process, name, options, {
      told: ({ index, result }) => `done at ${index}, ${describeSight(result)}`,
      resolve: ({ index, result }) => {
        this.history.acknowledged(write, index, result);
        placed(index);
        ended(true);
      },
      reject: (error) => {
        this.history.writeFailed(write, error.outcome);
        ended(false);
      },
    });
    const command = { type: 'command', data: write.data } as const;
    const make = (terms: CallTerms) => new Proposal(command, terms, settle(terms));
    this.submit(process, name, options, make);
  }

  /** One try of what the sessions let through once; the client makes sense of its end. */
  propose(
    process: Process,
    name: string,
    options: CallerOptions,
    entry: SessionEntry,
    ends: Ends<Proposed<Sight>>,
  ): void {
    const command = { type: 'session', data: encodeSessionEntry(entry) } as const;
    const settle = this.settle(process, name, options, ends);
    const repeatable = true;
    const make = (terms: CallTerms) => new Proposal(command, terms, settle(terms), { repeatable });
    this.submit(process, name, options, make);
  }

  read(process: Process, options: CallerOptions, { key, needs }: Look, ended: Ended): void {
    const read = this.history.beginRead(key, needs);
    const name = `${needs.consistency} read of key ${key}`;
    const settle = this.settle<unknown>(process, name, options, {
      told: (sight) => describeSight(sight as Sight),
      resolve: (sight) => {
        this.history.answered(read, process.id, sight as Sight);
        ended(true);
      },
      reject: () => {
        this.history.readFailed();
        ended(false);
      },
    });
    const make = (terms: CallTerms) =>
      new Read(() => process.ledger.look(key), needs, terms, settle(terms));
    this.submit(process, name, options, make);
  }

  order(process: Process, options: CallerOptions, order: Order, ended: Ended): void {
    const settle = this.settle<Placed | null>(process, order.type, options, {
      told: () => 'done',
      resolve: () => ended(true),
      reject: () => ended(false),
    });
    const make = (terms: CallTerms) => new Single(order, terms, settle(terms));
    this.submit(process, order.type, options, make);
  }

  private submit(
    process: Process,
    name: string,
    { timeoutMs, forward }: CallerOptions,
    make: (terms: CallTerms) => Call<Sight>,
  ): void {
    this.journal.tell('client', () => `${name} at ${process.id}, ${timeoutMs.toFixed(0)} ms`);
    process.submit(timeoutMs, forward, make);
  }

  /** Watches over one call: that it is settled, once, in time. */
  private settle<T>(process: Process, name: string, { timeoutMs }: CallerOptions, ends: Ends<T>) {
    return ({ deadline }: CallTerms) => {
      let settled = false;
      const settling = (how: string) => {
        this.journal.tell('client', () => `${name} at ${process.id}: ${how}`);
        if (settled) {
          this.journal.violate(rules.everyCallEnds, `${name} at ${process.id} is settled twice`);
        }
        settled = true;
      };
      this.checkAt(process, deadline, () => {
        if (settled) return;
        const detail = `${name} at ${process.id} has no answer after ${timeoutMs.toFixed(0)} ms`;
        this.journal.violate(rules.everyCallEnds, detail);
      });
      return {
        resolve: (value: T) => {
          settling(ends.told(value));
          ends.resolve(value);
        },
        reject: (error: unknown) => {
          if (error instanceof RaftError) {
            settling(`${error.code}, ${error.outcome}`);
            ends.reject(error);
          } else {
            this.journal.violate(rules.everyCallEnds, `${name} threw ${String(error)}`);
          }
        },
      };
    };
  }

  /** Checks once the deadline is over by the process's clock, and it has not slept through it. */
  private checkAt({ life }: Process, deadline: number, check: () => void): void {
    const { timeline } = this;
    const look = () => {
      if (!life.isAlive) return;
      const sleeps = life.isAwake ? life.awakeSince - timeline.now : 0;
      const leftMs = graceMs + Math.max(deadline - life.now, sleeps);
      if (leftMs > 0) timeline.after(leftMs + betweenLooksMs, look);
      else check();
    };
    look();
  }
}

function describeSight({ page, seen }: Sight): string {
  return `saw ${describeValue(seen)} behind ${page.index}`;
}
