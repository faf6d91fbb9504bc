import type { NodeClock, NodeStatus, StatusFrame } from '@quorate/contract';

/** Without a change, frames still come this often: they carry the timers, and show that we live. */
const QUIET_FRAME_MS = 250;

/** Turns the node's status into frames: one when something has changed, few when nothing has. */
export class StatusFrames {
  #frame = 0;
  #sentAt = -Infinity;
  #told = '';

  constructor(
    private readonly run: string,
    private readonly clock: NodeClock,
  ) {}

  /** The frame that is due at `now` (milliseconds, monotonic), or null. */
  next(now: number, status: NodeStatus): StatusFrame | null {
    const told = withoutTimers(status);
    if (told === this.#told && now - this.#sentAt < QUIET_FRAME_MS) return null;
    this.#told = told;
    this.#sentAt = now;
    this.#frame += 1;
    const { run, clock } = this;
    return { run, frame: this.#frame, at: now, time: Date.now(), clock, status };
  }

  /** The next frame is due at once: somebody new is watching. */
  renew(): void {
    this.#sentAt = -Infinity;
  }
}

/** What must be told at once when it changes. Timers change all the time. */
function withoutTimers(status: NodeStatus): string {
  return JSON.stringify({
    ...status,
    leaderContactMs: null,
    electionInMs: null,
    peers: status.peers.map((peer) => ({ ...peer, lastContactMs: null })),
    faults: status.faults?.map(({ id }) => id),
  });
}
