import type { NodeId } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { Refusal } from '../../core/message.js';
import type { Proposal } from './call.js';

/** A batch that the core has not answered yet. */
interface Handed<Result> {
  readonly proposals: readonly Proposal<Result>[];
  /** The place of its last proposal. */
  readonly last: number;
  /** Who led when it was handed in: the one that has to answer. */
  readonly leader: NodeId | null;
  readonly repeatable: boolean;
}

export interface ProposalLinePorts<Result> {
  newId(): number;
  step(input: Input): void;
  leader(): NodeId | null;
  leaderReachable(): boolean;
  /** Whether a request that is passed on now would be lost, and nobody could say whether it was. */
  wouldBeLost(): boolean;
  /** Nothing of it has happened or will happen. */
  refused(proposal: Proposal<Result>, refusal: Refusal): void;
}

/**
 * The proposals of this node, in the order in which they were made: so are those applied that are
 * applied at all. What was refused in passing is handed in again, with all that came after it, unless
 * something that came after it may have been taken meanwhile. One that may be sent again after doubts
 * goes to the end of the line instead: it rather comes late than not at all.
 *
 * This rests on two promises: a connection brings requests in their order, and a leader takes none
 * that were meant for an earlier term.
 */
export class ProposalLine<Result> {
  private waiting: Proposal<Result>[] = [];
  private readonly handed = new Map<number, Handed<Result>>();
  private lastPlace = 0;
  /** Up to here a proposal may stand in the log: whoever comes before it comes too late. */
  private takenUpTo = 0;
  /** Why those in front were refused. Until they are tried again, everybody waits behind them. */
  private stalled: Refusal | null = null;

  constructor(
    private readonly maxBytes: () => number,
    private readonly ports: ProposalLinePorts<Result>,
  ) {}

  /** Whether a proposal is under way whose place in the log is not known yet. */
  get hasUnanswered(): boolean {
    return this.handed.size > 0;
  }

  add(proposal: Proposal<Result>): void {
    proposal.place = ++this.lastPlace;
    proposal.refusal = this.stalled;
    this.waiting.push(proposal);
  }

  /** Hands in what waits, alike proposals together, in pieces that each fit a message to the leader. */
  flush(): void {
    this.waiting = this.waiting.filter(({ open }) => open);
    if (this.stalled !== null && !this.ports.leaderReachable()) this.refuseWhoMayNotWait();
    while (this.stalled === null && this.waiting.length > 0) this.hand(this.takeBatch());
  }

  /** The core has answered a batch: its proposals, none if their time was over before. */
  answered(id: number, { taken }: { taken: boolean }): readonly Proposal<Result>[] {
    const batch = this.handed.get(id);
    if (batch === undefined) return [];
    this.handed.delete(id);
    if (taken) this.passed(batch.last);
    return batch.proposals;
  }

  /** Back to its place in the line, after a refusal that will pass. False when it comes too late. */
  putBack(proposal: Proposal<Result>, refusal: Refusal): boolean {
    if (proposal.place < this.takenUpTo) {
      if (!proposal.repeatable) return false;
      proposal.place = ++this.lastPlace;
    }
    proposal.refusal = refusal;
    this.stalled = refusal;
    this.waiting.push(proposal);
    return true;
  }

  /** Tries again, once the leader of the present has answered for all that came later. */
  retry(): void {
    if (this.stalled === null) return;
    const leader = this.ports.leader();
    for (const batch of this.handed.values()) {
      if (leader !== null && batch.leader !== leader) this.passed(batch.last);
    }
    this.waiting.sort((a, b) => a.place - b.place);
    const first = this.waiting.find(({ open }) => open)?.place ?? Infinity;
    for (const { last } of this.handed.values()) if (last > first) return;
    this.stalled = null;
    this.flush();
  }

  /** The connection to this peer broke: what it has not answered may stand in its log. */
  lost(peer: NodeId): readonly Proposal<Result>[] {
    const lost: Proposal<Result>[] = [];
    for (const [id, { leader }] of this.handed) {
      if (leader === peer) lost.push(...this.answered(id, { taken: true }));
    }
    return lost;
  }

  /** Another leads: what the one before it has not answered, of what may be sent to this one as well. */
  abandoned(leader: NodeId): readonly Proposal<Result>[] {
    const abandoned: Proposal<Result>[] = [];
    for (const [id, batch] of this.handed) {
      if (!batch.repeatable || batch.leader === leader) continue;
      abandoned.push(...this.answered(id, { taken: true }));
    }
    return abandoned;
  }

  /** Lets go of what no caller waits for any more. It may stand in the log all the same. */
  tidy(): void {
    for (const [id, { proposals }] of this.handed) {
      if (proposals.every(({ open }) => !open)) this.answered(id, { taken: true });
    }
    this.waiting = this.waiting.filter(({ open }) => open);
  }

  clear(): void {
    this.waiting = [];
    this.handed.clear();
  }

  private takeBatch(): Proposal<Result>[] {
    const [first] = this.waiting;
    let bytes = 0;
    const end = this.waiting.findIndex((proposal, position) => {
      const { command, forward, repeatable } = proposal;
      bytes += command.data.length;
      const isOther = forward !== first?.forward || repeatable !== first.repeatable;
      return position > 0 && (bytes > this.maxBytes() || isOther);
    });
    return this.waiting.splice(0, end === -1 ? Infinity : end);
  }

  private hand(proposals: readonly Proposal<Result>[]): void {
    const { ports } = this;
    const { forward = false, repeatable = false } = proposals[0] ?? {};
    if (forward && ports.wouldBeLost()) {
      for (const proposal of proposals) this.putBack(proposal, 'no-leader');
      return;
    }
    for (const proposal of proposals) {
      proposal.refusal = null;
      // From here on it may be on its way to a leader.
      proposal.outcome = 'unknown';
    }
    const id = ports.newId();
    const last = proposals.at(-1)?.place ?? 0;
    this.handed.set(id, { proposals, last, leader: ports.leader(), repeatable });
    const commands = proposals.map(({ command }) => command);
    ports.step({ type: 'propose', id, commands, forward });
  }

  /** Who may not be passed on has nothing to wait for where this node does not lead. */
  private refuseWhoMayNotWait(): void {
    const refusal = this.ports.leader() === null ? 'no-leader' : 'not-leader';
    for (const proposal of this.waiting) {
      if (!proposal.forward) this.ports.refused(proposal, refusal);
    }
  }

  /** What stands in the log cannot be overtaken: those before it that wait to be tried again must not be. */
  private passed(place: number): void {
    this.takenUpTo = Math.max(this.takenUpTo, place);
    for (const proposal of this.waiting) {
      const { refusal, open, repeatable } = proposal;
      if (!open || refusal === null || repeatable || proposal.place >= place) continue;
      this.ports.refused(proposal, refusal);
    }
  }
}
