import type { Answer } from '../../core/effects.js';
import type { Entry, LogIndex, NodeId, Term } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { Refusal } from '../../core/message.js';
import type { Limits } from '../../core/options.js';
import type { Outcome, RaftError } from '../../errors.js';
import type { Applied } from '../sessions/applied.js';
import { type Batch, batchesOf } from './batches.js';
import { BoundedReads } from './bounded-reads.js';
import type { Call, Proposal, Proposed, Read, Single, Write } from './call.js';
import type { Failures } from './failures.js';
import { FreshReads } from './fresh-reads.js';
import { OpenCalls } from './open-calls.js';
import { PlacedWrites } from './placed-writes.js';
import { ProposalLine } from './proposal-line.js';

/** How often deadlines are looked at: calls settle late by at most this. */
const sweepMs = 50;

export interface RequestsPorts {
  now(): number;
  /** From [0, 1). */
  random(): number;
  setTimer(delayMs: number, fire: () => void): () => void;
  soon(fire: () => void): void;
  step(input: Input): void;
  leader(): NodeId | null;
  /** Whether requests can be passed to the leader, or it is this node itself. */
  leaderReachable(): boolean;
  /** A call has its answer. */
  succeeded(call: Call<unknown>): void;
  failed(call: Call<unknown>, error: Error): void;
  /** How old this node's state is at most, in milliseconds. */
  staleness(): number;
}

/** A request that the core has not answered yet. */
interface Handed<C> {
  readonly calls: readonly C[];
  /** Who led when it was handed in: the one that has to answer. */
  readonly leader: NodeId | null;
}

/**
 * The callers' side of a core: hands in what they ask, together where it came together, and follows
 * each call to its one answer. What is refused for a passing reason (an election, say) waits here and
 * is tried again until its deadline; what the sessions let through once only, after doubts too.
 */
export class Requests<Result> {
  private readonly open: OpenCalls<Result>;
  private readonly placed: PlacedWrites<Result>;
  private readonly proposals: ProposalLine<Result>;
  private queue: (Single | Read)[] = [];
  private refused: (Single | Read)[] = [];
  private readonly singles = new Map<number, Handed<Single>>();
  private readonly reads = new Map<number, Handed<Read>>();
  private readonly freshReads = new FreshReads((read) => {
    if (read.needs.consistency === 'bounded') this.boundedReads.add(read);
    else this.serve(read);
  });
  private readonly boundedReads: BoundedReads;
  /** Begins anywhere: an answer to a former life of this process must not fit a call of this one. */
  private lastId: number;
  private flushing = false;
  private cancelSweep: (() => void) | null = null;
  private stopped: { readonly cause: unknown } | null = null;

  constructor(
    private readonly limits: () => Limits,
    private readonly failures: Failures,
    private readonly ports: RequestsPorts,
  ) {
    this.open = new OpenCalls(limits);
    this.lastId = Math.floor(ports.random() * 2 ** 40);
    this.proposals = new ProposalLine(() => limits().maxAppendBytes, {
      newId: () => ++this.lastId,
      step: (input) => ports.step(input),
      leader: () => ports.leader(),
      leaderReachable: () => ports.leaderReachable(),
      wouldBeLost: () => this.wouldBeLost(),
      refused: (proposal, refusal) => this.refuseForGood(proposal, refusal),
    });
    this.boundedReads = new BoundedReads({
      staleness: () => ports.staleness(),
      serve: (read) => this.serve(read),
    });
    this.placed = new PlacedWrites(() => limits().maxWaiting, {
      applied: (write, applied) => this.settle(write, applied),
      replaced: (write) => this.lose(write, failures.leadershipLost()),
      missed: (write) => this.lose(write, failures.resultGone()),
      covered: (write) => this.lose(write, failures.coveredBySnapshot()),
    });
  }

  get openCalls(): number {
    return this.open.size;
  }

  submit(call: Call<Result>): void {
    if (this.stopped !== null) {
      this.reject(call, this.failures.stopped(call, this.stopped.cause));
      return;
    }
    const limit = this.open.add(call);
    if (limit !== null) {
      this.reject(call, this.failures.tooManyWaiting(limit));
      return;
    }
    this.cancelSweep ??= this.ports.setTimer(sweepMs, () => this.sweep());
    if (call.kind === 'proposal') this.proposals.add(call);
    else if (call.kind === 'read' && asksNobody(call)) {
      this.freshReads.serveFrom(0, [call]);
      return;
    } else this.queue.push(call);
    this.flushSoon();
  }

  abort(call: Call<Result>, reason: unknown): void {
    this.fail(call, this.failures.aborted(call, reason));
  }

  /** Ends every call, and every later one. */
  stop(cause: unknown): void {
    this.stopped = { cause };
    this.cancelSweep?.();
    for (const call of this.open.all()) this.fail(call, this.failures.stopped(call, cause));
    this.queue = [];
    this.refused = [];
    this.proposals.clear();
    this.singles.clear();
    this.reads.clear();
  }

  // --- what the core says --------------------------------------------------------------------------

  answer(answer: Answer): void {
    // None, when its callers have gone because their time was over.
    const taken = answer.type !== 'refused';
    const proposals = this.proposals.answered(answer.id, { taken });
    const singles = take(this.singles, answer.id);
    const reads = take(this.reads, answer.id);
    switch (answer.type) {
      case 'appended':
        for (const [position, write] of [...proposals, ...singles].entries()) {
          if (write.open) this.place(write, answer.index + position, answer.term);
        }
        return;
      case 'readable':
        this.freshReads.serveFrom(answer.index, reads);
        return;
      case 'done':
        for (const single of singles) this.succeed(single, null);
        return;
      case 'refused':
        for (const call of [...proposals, ...singles, ...reads]) this.refuse(call, answer.refusal);
        return;
    }
  }

  applied(entry: Entry, applied: Applied<Result>): void {
    this.placed.applied(entry, applied, this.hasUnanswered);
  }

  /** The state of a snapshot took the place of every entry up to there. */
  restored(index: LogIndex): void {
    this.placed.restored(index);
  }

  /** The state machine stands at `appliedIndex` now. */
  advanced(appliedIndex: LogIndex): void {
    this.freshReads.advanced(appliedIndex);
    this.boundedReads.look();
  }

  /** The core may have learned how far the cluster is. */
  stepped(): void {
    this.boundedReads.look();
  }

  private get hasUnanswered(): boolean {
    return this.proposals.hasUnanswered || this.singles.size > 0;
  }

  /** Another leader, or a way to it: what waited is tried again, and what asked elsewhere and may be. */
  leaderFound(leader: NodeId): void {
    for (const [id, handed] of this.reads) if (handed.leader !== leader) this.askAgain(id);
    for (const proposal of this.proposals.abandoned(leader)) this.sendAgain(proposal, 'unknown');
    this.retry();
  }

  /** Nobody leads: what could not reach the leader asks again, for a removed node need not wait. */
  leaderLost(): void {
    this.retry();
  }

  /** The connection to this peer broke, and with it the way back for its answers. */
  connectionLost(peer: NodeId): void {
    for (const [id, { leader }] of this.reads) if (leader === peer) this.askAgain(id);
    const lost: Write<Result>[] = [...this.proposals.lost(peer)];
    for (const [id, { leader }] of this.singles) {
      if (leader === peer) lost.push(...take(this.singles, id));
    }
    for (const write of lost) this.lose(write, this.failures.leaderGone(peer));
  }

  // --- to the core ---------------------------------------------------------------------------------

  /** Whatever comes in until the event loop has read what waits goes in together. */
  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    this.ports.soon(() => this.flush());
  }

  private flush(): void {
    this.flushing = false;
    this.proposals.flush();
    const calls = this.queue.filter((call) => call.open);
    this.queue = [];
    const { singles, reads } = batchesOf(calls, () => ++this.lastId);
    for (const batch of singles) this.hand(batch, this.singles);
    for (const batch of reads) this.hand(batch, this.reads);
  }

  private hand<C extends Single | Read>(batch: Batch<C>, unanswered: Map<number, Handed<C>>): void {
    const { calls, input, forward } = batch;
    if (forward && this.wouldBeLost()) {
      for (const call of calls) this.refuse(call, 'no-leader');
      return;
    }
    for (const call of calls) {
      call.refusal = null;
      // From here on it may be on its way to a leader.
      if (call.kind === 'single') call.outcome = 'unknown';
    }
    unanswered.set(input.id, { calls, leader: this.ports.leader() });
    this.ports.step(input);
  }

  /** There is a leader, and no way to it. */
  private wouldBeLost(): boolean {
    return this.ports.leader() !== null && !this.ports.leaderReachable();
  }

  private retry(): void {
    this.proposals.retry();
    if (this.refused.length === 0) return;
    this.queue.push(...this.refused);
    this.refused = [];
    this.flushSoon();
  }

  private askAgain(id: number): void {
    this.queue.push(...take(this.reads, id));
    this.flushSoon();
  }

  private place(write: Write<Result>, index: LogIndex, term: Term): void {
    if (write.kind === 'proposal') write.placed?.(index, term);
    this.placed.place(write, index, term);
  }

  // --- ends ----------------------------------------------------------------------------------------

  private serve(read: Read): void {
    if (!this.open.close(read)) return;
    this.ports.succeeded(read);
    try {
      read.settle.resolve(read.query());
    } catch (error) {
      read.settle.reject(error);
    }
  }

  private refuse(call: Call<Result>, refusal: Refusal): void {
    if (!call.open) return;
    if (!call.inDoubt) call.outcome = 'not-applied';
    if (!isPassing(call, refusal)) this.refuseForGood(call, refusal);
    else if (call.kind === 'proposal') {
      if (!this.proposals.putBack(call, refusal)) this.refuseForGood(call, refusal);
    } else {
      call.refusal = refusal;
      this.refused.push(call);
    }
  }

  private refuseForGood(call: Call<Result>, refusal: Refusal): void {
    this.fail(call, this.failures.refused(refusal, call.outcome));
  }

  /** This try came to nothing, or nobody knows to what: the end, unless another can do no harm. */
  private lose(write: Write<Result>, error: RaftError): void {
    if (write.kind === 'proposal' && write.repeatable) this.sendAgain(write, error.outcome);
    else this.fail(write, error);
  }

  private sendAgain(proposal: Proposal<Result>, outcome: Outcome): void {
    if (!proposal.open) return;
    proposal.inDoubt ||= outcome === 'unknown';
    if (!proposal.inDoubt) proposal.outcome = 'not-applied';
    this.proposals.add(proposal);
    this.flushSoon();
  }

  private settle(write: Write<Result>, applied: Applied<Result>): void {
    if (typeof applied !== 'string') this.succeed(write, applied);
    else this.fail(write, this.failures.refusedBySessions(applied, write.inDoubt));
  }

  private succeed(write: Write<Result>, at: Proposed<Result | undefined> | null): void {
    if (!this.open.close(write)) return;
    this.ports.succeeded(write);
    if (write.kind === 'single') write.settle.resolve(at);
    // The entry at a proposal's place and term is its command, so it has a result.
    else write.settle.resolve(at as Proposed<Result>);
  }

  private fail(call: Call<Result>, error: Error): void {
    if (this.open.close(call)) this.reject(call, error);
  }

  private reject(call: Call<Result>, error: Error): void {
    this.ports.failed(call, error);
    call.settle.reject(error);
  }

  private sweep(): void {
    this.cancelSweep = null;
    for (const call of this.open.overdue(this.ports.now())) this.fail(call, this.lateness(call));
    this.proposals.tidy();
    forget(this.singles);
    forget(this.reads);
    this.placed.tidy(this.hasUnanswered);
    this.freshReads.tidy();
    this.boundedReads.tidy();
    this.refused = this.refused.filter((call) => call.open);
    if (this.ports.leaderReachable()) this.retry();
    if (this.open.size > 0) this.cancelSweep = this.ports.setTimer(sweepMs, () => this.sweep());
  }

  /** Why a call had no answer in time. */
  private lateness(call: Call<Result>): RaftError {
    const { failures } = this;
    if (call.refusal !== null) return failures.refused(call.refusal, call.outcome);
    if (call.kind !== 'read') return failures.deadline(call);
    const { consistency, maxStaleMs, minIndex } = call.needs;
    const { appliedIndex } = this.freshReads;
    if (minIndex > appliedIndex) return failures.behind(call, minIndex, appliedIndex);
    if (consistency !== 'bounded') return failures.deadline(call);
    return failures.stale(call, maxStaleMs, this.ports.staleness());
  }
}

/** Whether this node's own state is all that such a read needs. */
function asksNobody({ needs: { consistency } }: Read): boolean {
  return consistency === 'local' || consistency === 'bounded';
}

/** Takes the calls out that were handed in under this id. */
function take<C>(unanswered: Map<number, Handed<C>>, id: number): readonly C[] {
  const handed = unanswered.get(id);
  unanswered.delete(id);
  return handed?.calls ?? [];
}

/** Drops what no caller waits for any more. */
function forget(unanswered: Map<number, Handed<Call<unknown>>>): void {
  for (const [id, { calls }] of unanswered) {
    if (calls.every((call) => !call.open)) unanswered.delete(id);
  }
}

/** Whether waiting may help, and the caller has left it to this node to wait. */
function isPassing(call: Call<unknown>, refusal: Refusal): boolean {
  if (call.kind === 'single' && call.order.type !== 'change-membership') return false;
  switch (refusal) {
    case 'no-leader':
    case 'not-leader':
    case 'leadership-lost':
    case 'storage-fault':
      return call.forward;
    case 'leader-not-ready':
    case 'transfer-in-progress':
    case 'change-in-progress':
      return true;
    default:
      return false;
  }
}
