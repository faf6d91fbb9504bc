/**
 * The clock by which leases and staleness are measured. It goes with whichever of two clocks has gone
 * further: the monotonic one stands still while a machine sleeps, and the wall clock may be set back.
 * Neither makes it slow; that it may be fast costs a lease, and nothing else.
 */
export class LeaseClock {
  time: number;
  /** The first look only begins to count. */
  private wall = Infinity;

  constructor(
    /** Anywhere, so that what a former life of the node was told does not fit this one. */
    readonly start: number,
    private now: number,
  ) {
    this.time = start;
  }

  advance(now: number, wall: number): void {
    this.time += Math.max(0, now - this.now, wall - this.wall);
    this.now = Math.max(this.now, now);
    this.wall = wall;
  }
}
