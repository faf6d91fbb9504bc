import type { Answer } from '../../core/effects.js';
import type { Entry, LogIndex, NodeId } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { Refusal } from '../../core/message.js';
import type { Limits } from '../../core/options.js';
import type { RaftError } from '../../errors.js';
import type { Applied } from '../sessions/applied.js';
import { type Batch, batchesOf } from './batches.js';
import type { Call, Proposed, Read, Write } from './call.js';
import type { Failures } from './failures.js';
import { FreshReads } from './fresh-reads.js';
import { OpenCalls } from './open-calls.js';
import { PlacedWrites } from './placed-writes.js';

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
}

/** A batch that the core has not answered yet. */
interface Handed<C> {
  readonly calls: readonly C[];
  /** Who led when it was handed in: the one that has to answer. */
  readonly leader: NodeId | null;
  readonly repeatable: boolean;
}

/**
 * The callers' side of a core: hands in what they ask, together where it came together, and follows
 * each call to its one answer. What is refused for a passing reason (an election, say) waits here and
 * is tried again until its deadline; what the sessions let through once only, after doubts too.
 */
export class Requests<Result> {
  private readonly open: OpenCalls<Result>;
  private readonly placed: PlacedWrites<Result>;
  private queue: Call<Result>[] = [];
  /** To be tried again. */
  private waiting: Call<Result>[] = [];
  private readonly writes = new Map<number, Handed<Write<Result>>>();
  private readonly reads = new Map<number, Handed<Read>>();
  private readonly freshReads = new FreshReads((read) => this.serve(read));
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
    this.enqueue(call);
    this.cancelSweep ??= this.ports.setTimer(sweepMs, () => this.sweep());
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
    this.waiting = [];
    this.writes.clear();
    this.reads.clear();
  }

  // --- what the core says --------------------------------------------------------------------------

  answer(answer: Answer): void {
    // Neither, when its callers have gone because their time was over.
    const writes = take(this.writes, answer.id);
    const reads = take(this.reads, answer.id);
    switch (answer.type) {
      case 'appended':
        for (const [position, write] of writes.entries()) {
          if (write.open) this.placed.place(write, answer.index + position, answer.term);
        }
        return;
      case 'readable':
        this.freshReads.serveFrom(answer.index, reads);
        return;
      case 'done':
        for (const write of writes) this.succeed(write, null);
        return;
      case 'refused':
        for (const call of [...writes, ...reads]) this.refuse(call, answer.refusal);
        return;
    }
  }

  applied(entry: Entry, applied: Applied<Result>): void {
    this.placed.applied(entry, applied, this.writes.size > 0);
  }

  /** The state of a snapshot took the place of every entry up to there. */
  restored(index: LogIndex): void {
    this.placed.restored(index);
  }

  /** The state machine stands at `appliedIndex` now. */
  advanced(appliedIndex: LogIndex): void {
    this.freshReads.advanced(appliedIndex);
  }

  /** Another leader, or a way to it: what waited is tried again, and what asked elsewhere and may be. */
  leaderFound(leader: NodeId): void {
    for (const [id, handed] of this.reads) if (handed.leader !== leader) this.askAgain(id);
    for (const [id, { leader: asked, repeatable }] of this.writes) {
      if (repeatable && asked !== null && asked !== leader) this.loseBatch(id, asked);
    }
    this.retry();
  }

  /** The connection to this peer broke, and with it the way back for its answers. */
  connectionLost(peer: NodeId): void {
    for (const [id, { leader }] of this.reads) if (leader === peer) this.askAgain(id);
    for (const [id, { leader }] of this.writes) if (leader === peer) this.loseBatch(id, peer);
  }

  // --- to the core ---------------------------------------------------------------------------------

  /** Whatever comes in until the event loop has read what waits goes in together. */
  private enqueue(call: Call<Result>): void {
    this.queue.push(call);
    if (this.flushing) return;
    this.flushing = true;
    this.ports.soon(() => this.flush());
  }

  private flush(): void {
    this.flushing = false;
    const calls = this.queue.filter((call) => call.open);
    this.queue = [];
    const { writes, reads } = batchesOf(calls, this.limits().maxAppendBytes, () => ++this.lastId);
    for (const batch of writes) this.hand(batch, this.writes);
    for (const batch of reads) this.hand(batch, this.reads);
  }

  private hand<C extends Call<Result>>(batch: Batch<C>, unanswered: Map<number, Handed<C>>): void {
    const { calls, input, forward, repeatable } = batch;
    const leader = this.ports.leader();
    if (forward && leader !== null && !this.ports.leaderReachable()) {
      // Sent now, it would be lost, and nobody could say whether it was.
      for (const call of calls) this.refuse(call, 'no-leader');
      return;
    }
    for (const call of calls) {
      call.refusal = null;
      // From here on it may be on its way to a leader.
      if (call.kind !== 'read') call.outcome = 'unknown';
    }
    unanswered.set(input.id, { calls, leader, repeatable });
    this.ports.step(input);
  }

  private retry(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const call of waiting) if (call.open) this.enqueue(call);
  }

  private askAgain(id: number): void {
    for (const read of take(this.reads, id)) if (read.open) this.enqueue(read);
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
    if (!isPassing(call, refusal)) {
      this.fail(call, this.failures.refused(refusal, call.outcome));
      return;
    }
    call.refusal = refusal;
    this.waiting.push(call);
  }

  /** This try came to nothing, or nobody knows to what: the end, unless another can do no harm. */
  private lose(write: Write<Result>, error: RaftError): void {
    if (!write.open) return;
    if (write.kind === 'single' || !write.repeatable) {
      this.fail(write, error);
      return;
    }
    write.inDoubt ||= error.outcome === 'unknown';
    if (!write.inDoubt) write.outcome = 'not-applied';
    this.waiting.push(write);
  }

  private loseBatch(id: number, leader: NodeId): void {
    for (const write of take(this.writes, id)) this.lose(write, this.failures.leaderGone(leader));
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
    for (const call of this.open.overdue(this.ports.now())) {
      const { refusal, outcome } = call;
      this.fail(
        call,
        refusal === null ? this.failures.deadline(call) : this.failures.refused(refusal, outcome),
      );
    }
    forget(this.writes);
    forget(this.reads);
    this.placed.tidy(this.writes.size > 0);
    this.freshReads.tidy();
    this.waiting = this.waiting.filter((call) => call.open);
    if (this.ports.leaderReachable()) this.retry();
    if (this.open.size > 0) this.cancelSweep = this.ports.setTimer(sweepMs, () => this.sweep());
  }
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
