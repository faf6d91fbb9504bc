/** The same stranger is told of again after this long. */
const quietMs = 60_000;
/** Reasons remembered; the oldest is forgotten first. */
const maxKept = 64;

/**
 * Who is turned away tries again every second. Told once a minute, that cannot push everything else
 * out of the ring and the log.
 */
export class Strangers {
  private readonly toldAt = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** Whether this reason has not been told lately; then it counts as told now. */
  isNews(reason: string): boolean {
    const now = this.now();
    if (now - (this.toldAt.get(reason) ?? -Infinity) < quietMs) return false;
    this.toldAt.delete(reason);
    this.toldAt.set(reason, now);
    if (this.toldAt.size > maxKept) {
      const [oldest = ''] = this.toldAt.keys();
      this.toldAt.delete(oldest);
    }
    return true;
  }
}
