import type { LogIndex, NodeId } from './entry.js';

/** Somebody waits for a read index: a caller here, or one at a follower. */
export interface ReadTicket {
  readonly id: number;
  /** null for a caller of this node. */
  readonly from: NodeId | null;
}

/** All tickets of one round share one proof of leadership (thesis §6.4). */
interface Round {
  readonly position: number;
  readonly index: LogIndex;
  readonly tickets: readonly ReadTicket[];
}

/**
 * Linearizable reads at a leader: one round of heartbeats at a time proves leadership for all reads
 * that came before it. Positions only rise, so an answer to an old heartbeat can never confirm a
 * newer read.
 */
export class Reads {
  /** Sent with every heartbeat. */
  position = 0;
  private waiting: ReadTicket[] = [];
  private round: Round | null = null;

  get count(): number {
    return this.waiting.length + (this.round?.tickets.length ?? 0);
  }

  add(ticket: ReadTicket): void {
    this.waiting.push(ticket);
  }

  /** Whether a new round should start: somebody waits, and no round is under way. */
  get wantsRound(): boolean {
    return this.round === null && this.waiting.length > 0;
  }

  /** Starts a round that answers with `index`; its position goes out with heartbeats now. */
  startRound(index: LogIndex): void {
    this.round = { position: ++this.position, index, tickets: this.waiting };
    this.waiting = [];
  }

  /** Ends the round if a quorum has confirmed its position or a later one. */
  finishRound(confirmed: number): Round | null {
    if (this.round === null || confirmed < this.round.position) return null;
    const { round } = this;
    this.round = null;
    return round;
  }

  /** Everybody who waits; nobody does afterwards. */
  takeAll(): readonly ReadTicket[] {
    const all = [...(this.round?.tickets ?? []), ...this.waiting];
    this.round = null;
    this.waiting = [];
    return all;
  }
}
