interface Told {
  readonly at: number;
  readonly who: string;
  readonly what: () => string;
}

/**
 * The latest events of a run, one line each. They are put into words only when somebody wants to read
 * them, which is seldom.
 */
export class Story {
  private readonly told: Told[] = [];
  private next = 0;

  /** @param lines how many are kept */
  constructor(private readonly lines: number) {}

  /** @param what must speak of things that do not change any more */
  tell(at: number, who: string, what: () => string): void {
    this.told[this.next] = { at, who, what };
    this.next = (this.next + 1) % this.lines;
  }

  /** Oldest first. */
  read(): readonly string[] {
    const inOrder = [...this.told.slice(this.next), ...this.told.slice(0, this.next)];
    return inOrder.map(
      ({ at, who, what }) => `${at.toFixed(3).padStart(10)}  ${who.padEnd(8)}  ${what()}`,
    );
  }
}
