import type { LogIndex, NewCommand, Term } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { Refusal } from '../../core/message.js';
import type { Outcome } from '../../errors.js';
import type { Consistency, ProposeOptions } from '../options.js';

/** How a call tells its caller the end: exactly one of the two, once. */
export interface Settle<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** A committed and applied command. */
export interface Proposed<Result> {
  readonly index: LogIndex;
  readonly term: Term;
  readonly result: Result;
}

/** Until when a call may take, and whether another node may serve it. */
export interface CallTerms {
  readonly timeoutMs: number;
  /** By the node's clock. */
  readonly deadline: number;
  readonly forward: boolean;
  readonly signal: AbortSignal | undefined;
}

/** The inputs that are one request each. Proposals and reads are taken together instead. */
type SingleInput = Extract<
  Input,
  { type: 'bootstrap' | 'change-membership' | 'transfer-leadership' | 'campaign' }
>;
type WithoutId<I> = I extends unknown ? Omit<I, 'id'> : never;
export type Order = WithoutId<SingleInput>;

/** What every open call carries, from the caller's request to its one answer. */
abstract class BaseCall {
  open = true;
  /** What a failure at this moment would mean for the caller's write. */
  outcome: Outcome = 'not-applied';
  /** An earlier try may have been taken: no refusal of a later one can say that nothing happened. */
  inDoubt = false;
  /** Why it was not taken, while it waits for another try. */
  refusal: Refusal | null = null;
  readonly timeoutMs: number;
  readonly deadline: number;
  readonly forward: boolean;

  constructor(terms: CallTerms) {
    this.timeoutMs = terms.timeoutMs;
    this.deadline = terms.deadline;
    this.forward = terms.forward;
  }
}

/** What is special about a proposal. */
export interface ProposalTerms {
  /** The sessions see to it that it is applied once, however often sent. */
  readonly repeatable?: boolean | undefined;
  /** Told where it stands in the log, each time that it is placed. */
  readonly placed?: ProposeOptions['placed'];
}

/** A command to be committed and applied. */
export class Proposal<Result> extends BaseCall {
  readonly kind = 'proposal';
  readonly repeatable: boolean;
  readonly placed: ProposalTerms['placed'];
  /** In the order of this node's proposals. */
  place = 0;

  constructor(
    readonly command: NewCommand,
    terms: CallTerms,
    readonly settle: Settle<Proposed<Result>>,
    { repeatable = false, placed }: ProposalTerms = {},
  ) {
    super(terms);
    this.repeatable = repeatable;
    this.placed = placed;
  }
}

/** How fresh the state must be that a read sees. */
export interface ReadNeeds {
  readonly consistency: Consistency;
  readonly maxStaleMs: number;
  readonly minIndex: LogIndex;
}

/** A query for the state machine, to be run once the state is known to be fresh. */
export class Read extends BaseCall {
  readonly kind = 'read';

  constructor(
    readonly query: () => unknown,
    readonly needs: ReadNeeds,
    terms: CallTerms,
    readonly settle: Settle<unknown>,
  ) {
    super(terms);
  }
}

/** Anything that the core takes one at a time: bootstrap, membership change, transfer, campaign. */
export class Single extends BaseCall {
  readonly kind = 'single';

  constructor(
    readonly order: Order,
    terms: CallTerms,
    readonly settle: Settle<Placed | null>,
  ) {
    super(terms);
  }
}

/** The committed entry that a change stands in; null for what leaves no entry. */
export interface Placed {
  readonly index: LogIndex;
  readonly term: Term;
}

export type Write<Result> = Proposal<Result> | Single;
export type Call<Result> = Write<Result> | Read;

/** What the call keeps in memory while it is open. */
export function callBytes(call: Call<unknown>): number {
  return call.kind === 'proposal' ? call.command.data.length : 0;
}
