import type { LogIndex, NodeId } from './entry.js';
import type { ProgressState } from './event.js';
import type { HeartbeatResponse } from './message.js';
import type { Limits } from './options.js';
import type { OutgoingSnapshot } from './outgoing-snapshot.js';

/** How much of a follower's promise is counted on: two clocks may differ by so much (thesis §6.4.1). */
const leaseShare = 0.9;

/**
 * How far one follower is, as its leader knows (paper figure 2: nextIndex, matchIndex). A probe sends
 * one request and waits, until it is known where the logs agree; then requests are pipelined. Where
 * the follower needs entries that the log holds no more, it gets a snapshot first.
 */
export class Progress {
  state: ProgressState = 'probe';
  match: LogIndex = 0;
  /** The highest commit index sent to it. */
  commitSent: LogIndex = 0;
  /** Time of its last word in this term; -Infinity for none. */
  lastContact = -Infinity;
  /** What a learner must have to count as caught up: the commit index one heartbeat ago. */
  catchUpTarget = Infinity;
  /** Set once it is no member any more: when it holds this entry, or this moment comes, it is let go. */
  farewell: { readonly index: LogIndex; readonly deadline: number } | null = null;
  /** The highest read position that it has confirmed. */
  readPosition = 0;
  /** What it is being sent in the state `snapshot`. */
  outgoing: OutgoingSnapshot | null = null;
  /** The leader's lease clock when it sent the latest heartbeat that has been answered. */
  provedAt = -Infinity;
  /** Until then, by that clock, it elects no other leader. */
  leaseUntil = -Infinity;
  /** Its own lease clock, as it told last. */
  clock = 0;
  /** Last index and entries' bytes of each pipelined request that is not answered yet, oldest first. */
  private readonly inflight: LogIndex[] = [];
  private readonly inflightSizes: number[] = [];
  inflightBytes = 0;
  private probing = false;
  private answered = true;
  private nudge = false;

  constructor(
    readonly id: NodeId,
    public next: LogIndex,
    /** Echoed by the follower, so that an answer to an earlier stream is known as stale. */
    readonly session: number,
  ) {}

  get inflightCount(): number {
    return this.state === 'replicate' ? this.inflight.length : Number(this.probing);
  }

  /** Whether the window lets entries through. */
  hasRoom({ maxInflight, maxInflightBytes }: Limits): boolean {
    return this.inflightCount < maxInflight && this.inflightBytes < maxInflightBytes;
  }

  /** Whether an append request should leave now. */
  wants(lastIndex: LogIndex, commit: LogIndex, limits: Limits): boolean {
    if (this.state === 'snapshot') return false;
    if (this.state === 'probe') return !this.probing;
    if (this.nudge) return true;
    if (this.next <= lastIndex) return this.hasRoom(limits);
    return this.commitSent < commit;
  }

  /** @param bytes size of the request's entries */
  sent(lastOfRequest: LogIndex, bytes: number, commit: LogIndex): void {
    this.commitSent = Math.max(this.commitSent, commit);
    this.nudge = false;
    if (this.state === 'probe') this.probing = true;
    else if (lastOfRequest >= this.next) {
      this.next = lastOfRequest + 1;
      this.inflight.push(lastOfRequest);
      this.inflightSizes.push(bytes);
      this.inflightBytes += bytes;
    }
  }

  /** The follower holds our log up to `match`. */
  matched(match: LogIndex): void {
    this.answered = true;
    this.match = Math.max(this.match, match);
    this.next = Math.max(this.next, this.match + 1);
    while ((this.inflight[0] ?? Infinity) <= this.match) {
      this.inflight.shift();
      this.inflightBytes -= this.inflightSizes.shift() ?? 0;
    }
    if (this.state === 'probe') {
      this.state = 'replicate';
      this.next = this.match + 1;
      this.probing = false;
    }
  }

  /** Whether a refusal of a request behind `rejected` tells anything new. */
  isStaleRejection(rejected: LogIndex): boolean {
    if (this.state === 'snapshot') return true;
    return this.state === 'probe' ? rejected !== this.next - 1 : rejected <= this.match;
  }

  /** Back to probing, from where the logs may agree. */
  rejected(agreeing: LogIndex): void {
    this.next = Math.max(this.match, agreeing) + 1;
    this.become('probe');
  }

  /** The log holds no more what it needs: nothing else is sent to it until it has this snapshot. */
  beginSnapshot(outgoing: OutgoingSnapshot): void {
    this.become('snapshot');
    this.outgoing = outgoing;
  }

  /** The snapshot has arrived, or is not needed any more: what follows is in the log. */
  endSnapshot(): void {
    this.become('probe');
    this.outgoing = null;
  }

  /** A heartbeat leaves: what is unanswered when its answer comes has probably been lost. */
  heartbeatSent(commit: LogIndex): void {
    this.answered = this.inflight.length === 0;
    this.catchUpTarget = commit;
  }

  /**
   * It took this node for the leader when it got that heartbeat. A lease counts from the sending:
   * when the promise was given, nobody here knows.
   */
  confirmed({ readPosition, sentAt, holdMs, clock }: HeartbeatResponse): void {
    this.readPosition = Math.max(this.readPosition, readPosition);
    this.provedAt = Math.max(this.provedAt, sentAt);
    if (holdMs > 0) this.leaseUntil = Math.max(this.leaseUntil, sentAt + holdMs * leaseShare);
    this.clock = clock;
  }

  /** It lives: probe again, and ask again for what it has not answered. An empty request is enough. */
  heartbeatAnswered(): void {
    this.probing = false;
    if (!this.answered && this.inflight.length > 0) this.nudge = true;
  }

  private become(state: ProgressState): void {
    this.state = state;
    this.inflight.length = 0;
    this.inflightSizes.length = 0;
    this.inflightBytes = 0;
    this.probing = false;
    this.answered = true;
  }
}
